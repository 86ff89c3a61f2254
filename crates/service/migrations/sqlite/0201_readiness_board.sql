-- The board counts from this index alone, without looking at the computers themselves.
DROP INDEX readiness_machines_by_verdict;
CREATE INDEX readiness_machines_for_board ON readiness_machines (check_id, verdict, change, received_at, id);
