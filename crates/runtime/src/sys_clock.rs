//! How good the kernel believes this host's clock to be.

#![expect(unsafe_code, reason = "adjtimex has no safe interface")]

/// Microseconds that the clock may be wrong by, and whether something keeps it right; `None` where the kernel does not say.
pub(crate) fn error() -> Option<(i64, bool)> {
    // SAFETY: all zeros is a valid value, and with no mode set the kernel changes nothing and fills it in.
    let (state, found) = unsafe {
        let mut found: libc::timex = std::mem::zeroed();
        (libc::adjtimex(&raw mut found), found)
    };
    let is_synchronized = found.status & libc::STA_UNSYNC == 0;
    (state >= 0).then_some((found.maxerror, is_synchronized))
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_kernel_says_how_wrong_the_clock_may_be() {
        let (error_us_max, _) = super::error().expect("Linux knows");
        assert!(error_us_max >= 0, "{error_us_max}");
    }
}
