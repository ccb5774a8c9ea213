-- Two transactions that only insert do not conflict, so that both could make the same cell. Both touching this row do:
-- the one that commits last is told, and does its work again on top of the other's.
UPDATE lake.reported_turn SET number = number + 1;
