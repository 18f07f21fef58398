//! A view on a terminal that is redrawn where it stands; what scrolled by before it stays.
//!
//! Must always hold: a frame is one write, never taller than the terminal, and its lines never wrap, because a view that scrolls cannot
//! be drawn over. The terminal itself cuts long lines, as only it knows how wide its letters are.
//! Not here: what is shown. A frame is lines of text, coloured or not.

use anstream::adapter::strip_str;
use std::{
    fmt::Write as _,
    io::{IsTerminal, Write as _},
};

/// How tall a terminal is that does not say.
const ROWS_ASSUMED: usize = 24;

/// A place on the terminal that frames are drawn at.
pub(crate) struct Screen {
    drawn: usize,
    is_plain: bool,
}

impl Screen {
    /// The standard output, if it is a terminal on which lines can be drawn over.
    pub(crate) fn of_stdout() -> Option<Self> {
        let stdout = std::io::stdout();
        let is_dumb = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
        let is_plain = anstream::AutoStream::choice(&stdout) == anstream::ColorChoice::Never;
        (stdout.is_terminal() && !is_dumb).then_some(Self { drawn: 0, is_plain })
    }

    /// How many lines a frame may have now: one less than the terminal, for the cursor.
    pub(crate) fn rows(&self) -> usize {
        let size = rustix::termios::tcgetwinsize(std::io::stdout());
        let rows = size.map_or(0, |size| usize::from(size.ws_row));
        if rows == 0 { ROWS_ASSUMED - 1 } else { (rows - 1).max(1) }
    }

    /// Draws `frame` over the last one.
    pub(crate) fn draw(&mut self, frame: &[String]) -> std::io::Result<()> {
        let frame = &frame[..frame.len().min(self.rows())];
        let text = if self.is_plain {
            let plain: Vec<String> = frame.iter().map(|line| strip_str(line).to_string()).collect();
            over(self.drawn, &plain)
        } else {
            over(self.drawn, frame)
        };
        self.drawn = frame.len();
        let mut stdout = std::io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        stdout.flush()
    }
}

/// What a terminal is told so that `frame` stands where `drawn` lines are, which the cursor is below.
fn over(drawn: usize, frame: &[String]) -> String {
    // Shown at once where the terminal can (2026); lines are cut, not wrapped (7).
    let mut text = String::from("\x1b[?2026h\x1b[?7l");
    if drawn > 0 {
        // Writing to a String cannot go wrong.
        let _ = write!(text, "\x1b[{drawn}F");
    }
    for line in frame {
        text.push_str(line);
        text.push_str("\x1b[K\n");
    }
    text.push_str("\x1b[J\x1b[?7h\x1b[?2026l");
    text
}

#[cfg(test)]
mod tests {
    use super::over;
    use expect_test::{Expect, expect};

    fn check(drawn: usize, frame: &[&str], expected: Expect) {
        let frame: Vec<String> = frame.iter().map(|line| (*line).to_owned()).collect();
        expected.assert_eq(&over(drawn, &frame).replace('\x1b', "^").replace('\n', "$"));
    }

    #[test]
    fn the_first_frame_begins_where_the_cursor_is() {
        check(0, &["one", "two"], expect!["^[?2026h^[?7lone^[K$two^[K$^[J^[?7h^[?2026l"]);
    }

    #[test]
    fn the_next_frame_goes_over_the_last_and_clears_what_is_left_of_it() {
        check(3, &["one"], expect!["^[?2026h^[?7l^[3Fone^[K$^[J^[?7h^[?2026l"]);
    }
}
