//! The JSON that messages carry (agent-protocol.md §9.2 to §9.6).

#![expect(
    missing_docs,
    reason = "fields mirror agent-protocol.md one to one and are documented there"
)]

use domain::link::exec::WindowSize;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

/// What a host calls itself: from 3.0.196.0 on it may be asked for more than shells, which the plugin does of port sessions only.
pub const AGENT_VERSION: &str = "3.1.1732.0";
/// The one kind of session there is here.
pub const SESSION_TYPE: &str = "InteractiveCommands";

/// The first frame of a client, as text.
#[derive(Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "PascalCase")]
pub struct Opening {
    pub message_schema_version: String,
    pub request_id: String,
    pub token_value: String,
    pub client_id: String,
    pub client_version: String,
}

/// The token is left out.
impl std::fmt::Debug for Opening {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Opening").field("client_id", &self.client_id).finish_non_exhaustive()
    }
}

/// What counts of an [`Opening`]. Clients differ in the rest: in the schema's version, some have a number where the plugin has text.
#[derive(Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Token {
    pub token_value: String,
}

/// The token is left out.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").finish_non_exhaustive()
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Acknowledgement {
    #[serde(default)]
    pub acknowledged_message_type: String,
    #[serde(default)]
    pub acknowledged_message_id: String,
    pub acknowledged_message_sequence_number: i64,
    #[serde(default)]
    pub is_sequential_message: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ChannelClosed {
    pub message_type: String,
    pub message_id: String,
    pub destination_id: String,
    pub session_id: String,
    pub schema_version: i64,
    pub created_date: String,
    pub output: String,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct HandshakeRequest {
    pub agent_version: String,
    pub requested_client_actions: Vec<RequestedAction>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct RequestedAction {
    pub action_type: String,
    pub action_parameters: Json,
}

/// What a client answers. `longshore` is our own client's: others have it not, and are given what the plugin can deal with.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct HandshakeResponse {
    pub client_version: String,
    pub processed_client_actions: Vec<ProcessedAction>,
    /// Texts or nothing; nobody reads them.
    pub errors: Json,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longshore: Option<OwnClient>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct ProcessedAction {
    pub action_type: String,
    /// 1 well, 2 not, 3 not supported.
    pub action_status: i64,
    pub action_result: Json,
    pub error: Option<String>,
}

/// That a client is ours: it wants to know the exit code, and may have no terminal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase", default)]
pub struct OwnClient {
    /// The client's, and so the command's.
    pub terminal: Option<WindowSize>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct HandshakeComplete {
    /// Nanoseconds.
    pub handshake_time_to_complete: i64,
    /// Printed by the client.
    pub customer_message: String,
}

/// What a host asks of a client before anything else.
pub fn handshake_request() -> HandshakeRequest {
    HandshakeRequest {
        agent_version: AGENT_VERSION.to_owned(),
        requested_client_actions: vec![RequestedAction {
            action_type: "SessionType".to_owned(),
            action_parameters: serde_json::json!({ "SessionType": SESSION_TYPE, "Properties": {} }),
        }],
    }
}

#[cfg(test)]
mod tests {
    use super::{HandshakeResponse, Token};

    #[test]
    fn clients_may_write_the_rest_as_they_like() {
        let opening = r#"{"MessageSchemaVersion":1,"ClientId":null,"TokenValue":"t"}"#;
        let read: Token = serde_json::from_str(opening).expect("an opening");
        assert_eq!(read.token_value, "t");
        assert!(serde_json::from_str::<Token>(r#"{"ClientId":"x"}"#).is_err());
        for errors in ["null", "[]", r#"["no"]"#] {
            let action = r#"{"ActionType":"SessionType","ActionStatus":1,"Error":null}"#;
            let response = format!(r#"{{"ProcessedClientActions":[{action}],"Errors":{errors}}}"#);
            let read: HandshakeResponse = serde_json::from_str(&response).expect("a response");
            assert_eq!(read.processed_client_actions[0].action_status, 1);
        }
    }
}
