//! Truth: keyed records with revisions, snapshots, all-or-nothing commits with expectations, watch.
