//! A client's end of a websocket: what the request asks for, and the connection that its answer becomes.
//!
//! Not here: who sends the request, and whether it is signed.

use http::{HeaderMap, HeaderValue, Response, StatusCode, header};
use hyper::body::Incoming;
use hyper_util::rt::TokioIo;
use tokio_tungstenite::{
    WebSocketStream,
    tungstenite::{
        handshake::{client::generate_key, derive_accept_key},
        protocol::{Role, WebSocketConfig},
    },
};

/// A payload holds up to sixteen tasks of up to 64 KiB and their credentials.
const FRAME_BYTES_MAX: usize = 16 * 1024 * 1024;
/// Frames are small, and most of the time there are none.
const BUFFER_BYTES: usize = 16 * 1024;

/// A websocket to the plane.
pub type Socket = WebSocketStream<TokioIo<hyper::upgrade::Upgraded>>;

/// What a request for a websocket has in its head; answers the key that the reply must prove to have read.
pub fn ask(headers: &mut HeaderMap) -> String {
    let key = generate_key();
    headers.insert(header::CONNECTION, HeaderValue::from_static("Upgrade"));
    headers.insert(header::UPGRADE, HeaderValue::from_static("websocket"));
    headers.insert(header::SEC_WEBSOCKET_VERSION, HeaderValue::from_static("13"));
    let value = HeaderValue::from_str(&key).expect("base64 is a header's value");
    headers.insert(header::SEC_WEBSOCKET_KEY, value);
    key
}

/// Whether a reply changes the protocol.
pub fn is_granted(reply: &Response<Incoming>) -> bool {
    reply.status() == StatusCode::SWITCHING_PROTOCOLS
}

/// Whether a reply proves that the key was read.
pub fn is_proven(reply: &Response<Incoming>, key: &str) -> bool {
    let accepted = reply.headers().get(header::SEC_WEBSOCKET_ACCEPT).map(HeaderValue::as_bytes);
    accepted == Some(derive_accept_key(key.as_bytes()).as_bytes())
}

/// The websocket that a reply's connection becomes.
///
/// # Errors
/// If the connection broke.
pub async fn begin(reply: Response<Incoming>) -> Result<Socket, hyper::Error> {
    let upgraded = hyper::upgrade::on(reply).await?;
    let config = WebSocketConfig::default()
        .read_buffer_size(BUFFER_BYTES)
        .write_buffer_size(BUFFER_BYTES)
        .max_message_size(Some(FRAME_BYTES_MAX))
        .max_frame_size(Some(FRAME_BYTES_MAX));
    Ok(WebSocketStream::from_raw_socket(TokioIo::new(upgraded), Role::Client, Some(config)).await)
}
