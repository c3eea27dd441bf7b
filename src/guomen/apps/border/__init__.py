"""What happens at the lanes: passages of people, inspections of conveyances, and referrals to an
officer with the officer's decision. For lane officers and gates."""
