"""Which field a heading or a word in a table means, in seven languages."""

import re
import unicodedata
from collections.abc import Mapping
from types import MappingProxyType

from guomen.core.advance_lists import Conveyance, Role

_COLUMNS = {
    "surname": "surname; last name; family name; 姓; 姓氏; фамилия; nom; nom de famille; apellido; "
    "apellidos; اللقب; اسم العائلة",
    "given_names": "given names; given name; first name; first names; forename; 名; 名字; имя; имена; "
    "prénom; prénoms; nombre; nombres; الاسم; الاسم الأول",
    "name": "name; full name; 姓名; фио; полное имя; nom et prénom; nom complet; nombre completo; "
    "nombre y apellidos; الاسم الكامل",
    "birth_date": "birth date; date of birth; dob; born; 出生日期; 生日; дата рождения; date de naissance; "
    "né le; fecha de nacimiento; تاريخ الميلاد",
    "sex": "sex; gender; 性别; 性別; пол; sexe; sexo; género; الجنس",
    "nationality": "nationality; citizenship; 国籍; 國籍; гражданство; nationalité; nacionalidad; الجنسية",
    "document_kind": "document kind; document type; doc type; type of document; 证件种类; 证件类型; "
    "證件種類; 證件類型; вид документа; тип документа; type de document; tipo de documento; نوع الوثيقة",
    "document_number": "document number; document no; doc no; passport number; passport no; passport; "
    "number; 证件号码; 证件号; 護照號碼; 护照号码; 护照号; 證件號碼; "
    "номер документа; номер паспорта; "
    "numéro de document; numéro de passeport; número de documento; número de pasaporte; رقم الوثيقة; "
    "رقم جواز السفر",
    "issuer": "issuer; issuing state; issuing country; country of issue; place of issue; 签发国; 签发国家; "
    "簽發國; 簽發國家; государство выдачи; страна выдачи; état émetteur; pays de délivrance; "
    "país emisor; estado emisor; دولة الإصدار",
    "expiry_date": "expiry date; date of expiry; expiry; expires; valid until; 有效期至; 有效期; 失效日期; "
    "действителен до; срок действия; date d'expiration; valable jusqu'au; fecha de vencimiento; "
    "fecha de caducidad; válido hasta; تاريخ الانتهاء; صالح حتى",
    "role": "role; crew or passenger; passenger or crew; 身份; 人员类别; 旅客或员工; 人員類別; роль; "
    "пассажир или экипаж; rôle; passager ou équipage; función; pasajero o tripulante; الصفة",
    "transit": "transit; in transit; 过境; 過境; транзит; en transit; tránsito; en tránsito; عبور",
    "embarkation": "embarkation; embarkation port; boarded at; from; 登乘地; 登机地; 登乘港; 登機地; "
    "место посадки; embarquement; lieu d'embarquement; embarque; puerto de embarque; مكان الصعود",
    "debarkation": "debarkation; disembarkation; debarkation port; to; 下客地; 目的地; место высадки; "
    "débarquement; lieu de débarquement; desembarque; puerto de desembarque; مكان النزول",
}

_PREFACE = {
    "carrier": "carrier; operator; company; 承运人; 承運人; 运营人; перевозчик; transporteur; "
    "transportista; الناقل",
    "conveyance": "conveyance; kind of conveyance; 交通运输工具; 交通運輸工具; 运输工具; "
    "вид транспорта; moyen de transport; medio de transporte; وسيلة النقل",
    "mark": "flight; flight number; voyage; train; plate; number plate; 航班号; 航班; 航次; 车次; 车牌号; "
    "航班號; 車次; 車牌號; рейс; номер рейса; поезд; номерной знак; vol; numéro de vol; immatriculation; "
    "vuelo; número de vuelo; matrícula; رقم الرحلة; رقم اللوحة",
    "departure_port": "departure port; departs from; port of departure; 出发口岸; 出發口岸; 出发地; "
    "起飞机场; пункт отправления; port de départ; lieu de départ; puerto de salida; "
    "lugar de salida; مكان المغادرة",
    "departure_day": "departure date; departure day; date of departure; 出发日期; 出發日期; "
    "дата отправления; date de départ; fecha de salida; تاريخ المغادرة",
    "departure_time": "departure time; time of departure; 出发时间; 出發時間; время отправления; "
    "heure de départ; hora de salida; وقت المغادرة",
    "arrival_port": "arrival port; arrives at; port of arrival; 到达口岸; 到達口岸; 抵达口岸; 到达地; "
    "пункт прибытия; port d'arrivée; lieu d'arrivée; puerto de llegada; lugar de llegada; مكان الوصول",
    "arrival_day": "arrival date; arrival day; date of arrival; 到达日期; 到達日期; 抵达日期; дата прибытия; "
    "date d'arrivée; fecha de llegada; تاريخ الوصول",
    "arrival_time": "arrival time; time of arrival; 到达时间; 到達時間; 抵达时间; время прибытия; "
    "heure d'arrivée; hora de llegada; وقت الوصول",
}

_SEXES = {
    "M": "m; male; man; 男; м; муж; мужской; h; homme; masculin; hombre; masculino; varón; ذكر",
    "F": "f; female; woman; 女; ж; жен; женский; femme; féminin; mujer; femenino; أنثى",
    "X": "x; unspecified; 未说明; 未說明; не указан; non précisé; no especificado; غير محدد",
}

_KINDS = {
    "P": "p; passport; 护照; 護照; паспорт; passeport; pasaporte; جواز سفر",
    "I": "i; id card; identity card; 身份证; 身份證; удостоверение личности; carte d'identité; "
    "documento de identidad; بطاقة هوية",
    "V": "v; visa; 签证; 簽證; виза; visado; تأشيرة",
    "AC": "ac; crew certificate; crew member certificate; 机组证; 機組證; удостоверение члена экипажа; "
    "certificat de membre d'équipage; certificado de tripulante; شهادة طاقم",
    "A": "a",
    "C": "c; permit; travel permit; 旅行证; 旅行證; пропуск; permis; permiso; تصريح",
    "L": "l; pilot licence; licence; 飞行执照; 飛行執照; лицензия пилота; licence de pilote; "
    "licencia de piloto; رخصة طيار",
    "F": "f; other; 其他; другой; autre; otro; آخر",
}

_ROLES: Mapping[str, str] = {
    Role.PASSENGER: "passenger; pax; p; 旅客; 乘客; пассажир; passager; pasajero; راكب",
    Role.CREW: "crew; c; staff; 员工; 機組; 机组; 员工（机组）; 員工; 船员; 船員; экипаж; член экипажа; "
    "équipage; tripulante; tripulación; طاقم",
}

_CONVEYANCES: Mapping[str, str] = {
    Conveyance.AIRCRAFT: "aircraft; plane; air; 飞机; 飛機; самолёт; самолет; воздушное судно; avion; "
    "aéronef; avión; aeronave; طائرة",
    Conveyance.SHIP: "ship; vessel; ferry; sea; 船舶; 船; судно; паром; navire; bateau; buque; barco; سفينة",
    Conveyance.TRAIN: "train; rail; 列车; 列車; 火车; 火車; поезд; tren; قطار",
    Conveyance.VEHICLE: "vehicle; bus; coach; car; road; 车辆; 車輛; 汽车; 汽車; автобус; автомобиль; "
    "véhicule; autobus; autocar; vehículo; autobús; مركبة; حافلة",
}

_ANSWERS = {
    "yes": "yes; y; true; 1; 是; да; oui; sí; si; نعم",
    "no": "no; n; false; 0; 否; нет; non; لا",
}


def folded(text: str) -> str:
    """Fold a heading or a word for comparing: width, case, accents, punctuation and spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(one for one in plain if not unicodedata.combining(one))
    return re.sub(r"[\W_]+", " ", kept).strip()


def _words(table: Mapping[str, str]) -> Mapping[str, str]:
    named = [(name, name) for name in table]
    words = [(word, name) for name, written in table.items() for word in written.split(";")]
    return MappingProxyType({folded(word): name for word, name in named + words})


COLUMNS = _words(_COLUMNS)
PREFACE = _words(_PREFACE)
SEXES = _words(_SEXES)
KINDS = _words(_KINDS)
ROLES = _words(_ROLES)
CONVEYANCES = _words(_CONVEYANCES)
ANSWERS = _words(_ANSWERS)
"""Folded words and what they mean."""
