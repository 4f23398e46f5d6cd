-- Tables that every service has: what was announced, what was heard, which requests were answered.

CREATE TABLE outbox (
    id uuid PRIMARY KEY,
    agency_id uuid NOT NULL,
    subject text NOT NULL,
    envelope bytea NOT NULL,
    occurred_at timestamptz NOT NULL,
    published_at timestamptz
);

-- Claimed by status, never by "greater than the last id": ids are given before commits happen.
CREATE INDEX outbox_pending ON outbox (id) WHERE published_at IS NULL;

CREATE INDEX outbox_published ON outbox (published_at) WHERE published_at IS NOT NULL;

CREATE TABLE inbox (
    event_id uuid NOT NULL,
    agency_id uuid NOT NULL,
    handled_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (event_id)
);

CREATE INDEX inbox_handled ON inbox (handled_at);

CREATE TABLE idempotency_keys (
    agency_id uuid NOT NULL,
    holder text NOT NULL,
    key text NOT NULL,
    fingerprint bytea NOT NULL,
    status smallint NOT NULL,
    headers jsonb NOT NULL,
    -- Sealed: an answer may show a credential, which is never stored in plain text.
    body bytea NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (agency_id, holder, key)
);

CREATE INDEX idempotency_keys_created ON idempotency_keys (created_at);

CREATE TABLE parked_events (
    event_id uuid NOT NULL PRIMARY KEY,
    agency_id uuid NOT NULL,
    subject text NOT NULL,
    envelope bytea NOT NULL,
    error text NOT NULL,
    tries integer NOT NULL,
    parked_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE relay_state (
    name text NOT NULL PRIMARY KEY,
    value text NOT NULL
);
