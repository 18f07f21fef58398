//! AWS protocols from tables of shapes: routing, SigV4, codecs, faults.
