"""The parts that pages share: the frame, fields, charts, tables and labels."""
