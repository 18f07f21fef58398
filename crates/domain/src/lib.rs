//! Nouns and laws: ids, ARNs, statuses and their order, task definitions, resources, records, the agent link's messages.
