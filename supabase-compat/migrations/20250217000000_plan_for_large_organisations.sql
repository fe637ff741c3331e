-- One organisation, and one campaign, may have all the rows. From tables of many small ones the planner concludes that any
-- index with the organisation in front finds a row at once, and of indexes that cost it the same takes any: each look-up by
-- natural key would read all that a large organisation or campaign has. Told that there is but one value, it takes the
-- index that has the whole key.
alter table contacts alter column org_id set (n_distinct = 1);
alter table send_queue alter column org_id set (n_distinct = 1), alter column campaign_id set (n_distinct = 1);
analyze contacts (org_id);
analyze send_queue (org_id, campaign_id);
