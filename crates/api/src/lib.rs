//! A module per AWS service, a file per noun; each operation decides reply and writes. And the HTTP front.
