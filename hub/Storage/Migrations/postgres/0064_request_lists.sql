-- Owner: Tickets. The orders and filters of lists of requests.
CREATE INDEX requests_department ON requests (department, opened_ms DESC, number DESC);
CREATE INDEX requests_district ON requests (district, opened_ms DESC, number DESC) WHERE district IS NOT NULL;
CREATE INDEX requests_responsible ON requests (responsible, opened_ms DESC, number DESC) WHERE responsible IS NOT NULL;
CREATE INDEX requests_source ON requests (source, opened_ms DESC, number DESC);
-- Open ones as they are due; those without a target date last.
CREATE INDEX requests_due ON requests (coalesce(target_ms, 9007199254740991), number) WHERE status='open';
CREATE INDEX requests_due_priority ON requests (priority, coalesce(target_ms, 9007199254740991), number) WHERE status='open';
CREATE INDEX requests_due_department ON requests (department, coalesce(target_ms, 9007199254740991), number) WHERE status='open';
CREATE INDEX requests_due_district ON requests (district, coalesce(target_ms, 9007199254740991), number) WHERE status='open' AND district IS NOT NULL;
-- What waits for a person.
CREATE INDEX requests_waiting ON requests (stage, priority, (evidence_against - evidence_for), opened_ms, number) WHERE status='open';
