//! The smallest HTTP/1.1 client that measures fairly: one kept-alive connection, one request at a time, no thread of its own.

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value as Json;
use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    os::unix::net::UnixStream,
    path::Path,
    time::Duration,
};

/// No answer of a benchmark's peer takes longer.
const ANSWER_MAX: Duration = Duration::from_secs(120);

trait Stream: Read + Write + Send {}
impl<T: Read + Write + Send> Stream for T {}

/// A kept-alive connection.
pub(super) struct Connection {
    stream: BufReader<Box<dyn Stream>>,
    host: String,
    /// The peer said that it closes: the next request connects anew, which is part of what that peer costs.
    is_closing: bool,
}

fn connect(address: &str) -> Result<BufReader<Box<dyn Stream>>> {
    let stream = TcpStream::connect(address).with_context(|| format!("connect to {address}"))?;
    stream.set_nodelay(true)?;
    stream.set_read_timeout(Some(ANSWER_MAX))?;
    Ok(BufReader::new(Box::new(stream)))
}

impl Connection {
    pub(super) fn tcp(address: &str) -> Result<Self> {
        Ok(Self { stream: connect(address)?, host: address.to_owned(), is_closing: false })
    }

    pub(super) fn unix(path: &Path) -> Result<Self> {
        let stream =
            UnixStream::connect(path).with_context(|| format!("connect to {}", path.display()))?;
        stream.set_read_timeout(Some(ANSWER_MAX))?;
        Ok(Self {
            stream: BufReader::new(Box::new(stream)),
            host: "localhost".into(),
            is_closing: false,
        })
    }

    /// Sends a request and reads the whole answer: status and body.
    pub(super) fn request(
        &mut self,
        method: &str,
        path: &str,
        headers: &str,
        body: &[u8],
    ) -> Result<(u16, Vec<u8>)> {
        if std::mem::take(&mut self.is_closing) {
            self.stream = connect(&self.host)?;
        }
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: {}\r\nContent-Length: {}\r\n{headers}\r\n",
            self.host,
            body.len()
        );
        let mut message = head.into_bytes();
        message.extend_from_slice(body);
        self.stream.get_mut().write_all(&message)?;
        self.answer()
    }

    fn answer(&mut self) -> Result<(u16, Vec<u8>)> {
        let mut line = String::new();
        self.stream.read_line(&mut line)?;
        let status: u16 = line
            .split(' ')
            .nth(1)
            .and_then(|status| status.parse().ok())
            .with_context(|| format!("answer `{line}`"))?;
        let (mut length, mut is_chunked) = (0, false);
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(':') else { break };
            match name.to_ascii_lowercase().as_str() {
                "content-length" => length = value.trim().parse()?,
                "connection" => self.is_closing = value.trim().eq_ignore_ascii_case("close"),
                "transfer-encoding" => is_chunked = value.trim().eq_ignore_ascii_case("chunked"),
                _ => {}
            }
        }
        let mut body = Vec::new();
        if !is_chunked {
            body.resize(length, 0);
            self.stream.read_exact(&mut body)?;
            return Ok((status, body));
        }
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let size = usize::from_str_radix(line.trim_end(), 16)
                .with_context(|| format!("chunk `{line}`"))?;
            let from = body.len();
            body.resize(from + size, 0);
            self.stream.read_exact(&mut body[from..])?;
            line.clear();
            self.stream.read_line(&mut line)?;
            if size == 0 {
                return Ok((status, body));
            }
        }
    }

    /// One ECS call; any fault is an error.
    pub(super) fn ecs(&mut self, operation: &str, request: &Json) -> Result<Json> {
        let headers = format!(
            "Content-Type: application/x-amz-json-1.1\r\nX-Amz-Target: AmazonEC2ContainerServiceV20141113.{operation}\r\n\
             Authorization: AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/ecs/aws4_request, SignedHeaders=host, Signature=00\r\n"
        );
        let (status, body) = self.request("POST", "/", &headers, &serde_json::to_vec(request)?)?;
        ensure!(status == 200, "{operation} answered {status}: {}", String::from_utf8_lossy(&body));
        let reply: Json = serde_json::from_slice(&body)
            .with_context(|| format!("read the answer to {operation}"))?;
        if let Some(failure) = reply["failures"].as_array().and_then(|failures| failures.first()) {
            bail!("{operation} did not place everything: {failure}");
        }
        Ok(reply)
    }

    /// One EC2 call, as a form without its version; any fault is an error.
    pub(super) fn ec2(&mut self, form: &str) -> Result<String> {
        let headers = "Content-Type: application/x-www-form-urlencoded\r\n\
             Authorization: AWS4-HMAC-SHA256 Credential=bench/20260101/us-east-1/ec2/aws4_request, SignedHeaders=host, Signature=00\r\n";
        let body = format!("{form}&Version=2016-11-15");
        let (status, body) = self.request("POST", "/", headers, body.as_bytes())?;
        let text = String::from_utf8_lossy(&body).into_owned();
        ensure!(status == 200, "`{form}` answered {status}: {text}");
        Ok(text)
    }
}
