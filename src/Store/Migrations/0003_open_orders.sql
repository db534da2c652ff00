-- A user's open orders, few among all that ever were; and those of the others that ended in one way. An order is in one of the two, so that
-- accepting one writes one entry. The conditions are in every query that should read along them, spelled as here, see OrderHistory.
CREATE INDEX orders_open ON orders (user_id, created_at, id) WHERE status IN ('NEW', 'PARTIAL');
CREATE INDEX orders_ended ON orders (user_id, status, created_at, id) WHERE status NOT IN ('NEW', 'PARTIAL');
