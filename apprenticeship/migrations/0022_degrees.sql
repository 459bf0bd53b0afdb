-- Degree plans are published like frameworks, programs and agreements.

ALTER TABLE published_standard DROP CONSTRAINT published_standard_kind_check;
ALTER TABLE published_standard ADD CONSTRAINT published_standard_kind_check
    CHECK (kind IN ('framework', 'program', 'agreement', 'degree'));
