//! The front over a real socket: what clients send, right or wrong, and what they get.

mod administrator;
mod asking;
mod bad_input;
mod callers;
mod log;
mod plane;
mod together;
