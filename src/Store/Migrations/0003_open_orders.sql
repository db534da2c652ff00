-- Finds the open orders among all that ever were, for holding them against the exchange's.
CREATE INDEX orders_open ON orders (id) WHERE status IN ('NEW', 'PARTIAL');
