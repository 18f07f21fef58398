//! Telemetry frames: a small header block, an empty line, then the JSON.

use domain::link::tcs::FromAgent;

/// Why a frame says nothing.
#[derive(Debug, thiserror::Error)]
pub(crate) enum FrameError {
    /// Neither a header block nor JSON.
    #[error("frame has no empty line between its header block and its message")]
    NoMessage,
    /// Not a message that is known here.
    #[error("read the message of a frame")]
    Unreadable(#[source] serde_json::Error),
}

/// The message of a frame. The headers repeat what signed the upgrade and are not read again.
pub(crate) fn read(frame: &str) -> Result<FromAgent, FrameError> {
    // Other agents may leave the block out.
    let message = if frame.trim_start().starts_with('{') {
        frame
    } else {
        frame.split_once("\r\n\r\n").map(|(_, message)| message).ok_or(FrameError::NoMessage)?
    };
    serde_json::from_str(message).map_err(FrameError::Unreadable)
}

#[cfg(test)]
mod tests {
    use super::read;

    fn check(frame: &str, expected: Result<&str, &str>) {
        let told = match read(frame) {
            Ok(domain::link::tcs::FromAgent::Metrics(_)) => Ok("metrics"),
            Ok(domain::link::tcs::FromAgent::Health(_)) => Ok("health"),
            Ok(domain::link::tcs::FromAgent::InstanceStatus(_)) => Ok("instance status"),
            Err(error) => Err(error.to_string()),
        };
        assert_eq!(told.as_ref().map(|it| *it).map_err(String::as_str), expected, "{frame}");
    }

    #[test]
    fn the_message_comes_after_the_header_block() {
        let metrics = r#"{"type":"PublishMetricsRequest","message":{"metadata":{"idle":true,"fin":true},"timestamp":1.5}}"#;
        let head = "Authorization: AWS4-HMAC-SHA256 Credential={a}\r\nHost: plane\r\nX-Amz-Date: 20261201T000000Z\r\n\r\n";
        check(&format!("{head}{metrics}"), Ok("metrics"));
        check(metrics, Ok("metrics"));
        check(
            &format!("{head}{}", r#"{"type":"PublishHealthRequest","message":{"tasks":[]}}"#),
            Ok("health"),
        );
        check(
            &format!("{head}{}", r#"{"type":"PublishInstanceStatusRequest","message":{}}"#),
            Ok("instance status"),
        );
    }

    #[test]
    fn what_says_nothing_is_no_message() {
        check("", Err("frame has no empty line between its header block and its message"));
        check(
            "Host: plane\r\n",
            Err("frame has no empty line between its header block and its message"),
        );
        check("Host: plane\r\n\r\n", Err("read the message of a frame"));
        check(r#"{"type":"Unheard","message":{}}"#, Err("read the message of a frame"));
    }
}
