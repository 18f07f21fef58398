//! The name server of a VPC's tasks: listens in the router, asks the host's resolvers from the host.
//!
//! What is said is decided in `vpc::dns`. Invariants: as many questions as [`ASKING_MAX`] are under way at once, of one task as many as
//! [`ASKING_EACH_MAX`], and each for a limited time; what comes above that is not answered, as a resolver does that is busy. Questions of one
//! VPC are never answered from another.

use super::turns::Turns;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, UdpSocket};
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use vpc::dns::{self, Reply, Zone};

const PORT: u16 = 53;
/// Questions at once.
const ASKING_MAX: usize = 512;
/// Of one task.
const ASKING_EACH_MAX: usize = 64;
/// A resolver of the host that does not answer by then is passed over.
const ANSWER_TIMEOUT: Duration = Duration::from_secs(3);
/// A client that sends nothing for so long is left.
const IDLE_TIMEOUT: Duration = Duration::from_secs(10);
/// Longest message by UDP, with the extension that announces longer ones.
const DATAGRAM_BYTES_MAX: usize = 4096;

/// The sockets of one address.
pub(crate) struct Sockets {
    udp: UdpSocket,
    tcp: TcpListener,
}

impl Sockets {
    /// In the network name space of the calling thread.
    pub(crate) fn open(address: Ipv4Addr) -> io::Result<Self> {
        let udp = UdpSocket::bind((address, PORT))?;
        udp.set_nonblocking(true)?;
        let tcp = TcpListener::bind((address, PORT))?;
        tcp.set_nonblocking(true)?;
        Ok(Self { udp, tcp })
    }
}

/// A resolver that answers until it is dropped.
pub(crate) struct Resolver {
    zone: watch::Sender<Arc<Zone>>,
    end: CancellationToken,
}

impl Resolver {
    /// Begins to answer. To be called within a tokio runtime.
    pub(crate) fn serve(
        sockets: Vec<Sockets>,
        zone: Zone,
        tracker: &TaskTracker,
    ) -> io::Result<Self> {
        let (zone, names) = watch::channel(Arc::new(zone));
        let end = CancellationToken::new();
        let asking = Turns::new(ASKING_MAX, ASKING_EACH_MAX);
        for Sockets { udp, tcp } in sockets {
            let udp = Arc::new(tokio::net::UdpSocket::from_std(udp)?);
            let tcp = tokio::net::TcpListener::from_std(tcp)?;
            let work = Work { names: names.clone(), asking: Arc::clone(&asking), end: end.clone() };
            tracker.spawn(work.clone().datagrams(udp));
            tracker.spawn(work.streams(tcp));
        }
        Ok(Self { zone, end })
    }

    /// From now on these are the names.
    pub(crate) fn know(&self, zone: Zone) {
        self.zone.send_if_modified(|known| {
            let is_new = **known != zone;
            if is_new {
                *known = Arc::new(zone);
            }
            is_new
        });
    }
}

impl Drop for Resolver {
    fn drop(&mut self) {
        self.end.cancel();
    }
}

#[derive(Clone)]
struct Work {
    names: watch::Receiver<Arc<Zone>>,
    asking: Arc<Turns>,
    end: CancellationToken,
}

impl Work {
    async fn datagrams(self, socket: Arc<tokio::net::UdpSocket>) {
        let questions = TaskTracker::new();
        let mut room = vec![0; DATAGRAM_BYTES_MAX];
        loop {
            let heard = tokio::select! {
                biased;
                () = self.end.cancelled() => break,
                heard = socket.recv_from(&mut room) => heard,
            };
            // An error is about an answer that did not arrive, and the next question may be fine.
            let Ok((length, from)) = heard else { continue };
            let Some(turn) = self.asking.take(from.ip()) else { continue };
            let (work, socket, query) =
                (self.clone(), Arc::clone(&socket), room[..length].to_vec());
            questions.spawn(async move {
                let answer = tokio::select! {
                    biased;
                    () = work.end.cancelled() => None,
                    answer = work.answer(&query, Way::Datagram) => answer,
                };
                if let Some(answer) = answer {
                    // Whoever asked may be gone.
                    let _ = socket.send_to(&answer, from).await;
                }
                drop(turn);
            });
        }
        questions.close();
        questions.wait().await;
    }

    async fn streams(self, listener: tokio::net::TcpListener) {
        let clients = TaskTracker::new();
        loop {
            let accepted = tokio::select! {
                biased;
                () = self.end.cancelled() => break,
                accepted = listener.accept() => accepted,
            };
            let Ok((stream, from)) = accepted else { continue };
            let Some(turn) = self.asking.take(from.ip()) else { continue };
            let work = self.clone();
            clients.spawn(async move {
                tokio::select! {
                    biased;
                    () = work.end.cancelled() => {}
                    // A client that breaks off has what it wanted, or is not worth a word.
                    _ = work.client(stream) => {}
                }
                drop(turn);
            });
        }
        clients.close();
        clients.wait().await;
    }

    async fn client(&self, mut stream: tokio::net::TcpStream) -> io::Result<()> {
        loop {
            let query = tokio::time::timeout(IDLE_TIMEOUT, read_framed(&mut stream)).await??;
            let Some(answer) = self.answer(&query, Way::Stream).await else { return Ok(()) };
            tokio::time::timeout(IDLE_TIMEOUT, write_framed(&mut stream, &answer)).await??;
        }
    }

    async fn answer(&self, query: &[u8], way: Way) -> Option<Vec<u8>> {
        let zone = Arc::clone(&self.names.borrow());
        match dns::reply(query, &zone) {
            Reply::Say(answer) => Some(answer),
            Reply::Nothing => None,
            Reply::PassOn => {
                for server in servers().await {
                    let asked = tokio::time::timeout(ANSWER_TIMEOUT, ask(server, query, way)).await;
                    if let Ok(Ok(answer)) = asked {
                        return Some(answer);
                    }
                }
                dns::failure(query)
            }
        }
    }
}

/// How a question came, and is passed on.
#[derive(Clone, Copy)]
enum Way {
    Datagram,
    Stream,
}

/// The host's resolvers now.
async fn servers() -> Vec<SocketAddr> {
    let text = tokio::fs::read_to_string("/etc/resolv.conf").await.unwrap_or_default();
    let words = text.lines().filter_map(|line| line.strip_prefix("nameserver"));
    words
        .filter_map(|rest| rest.trim().parse::<IpAddr>().ok())
        .map(|address| (address, PORT).into())
        .collect()
}

async fn ask(server: SocketAddr, query: &[u8], way: Way) -> io::Result<Vec<u8>> {
    match way {
        Way::Datagram => {
            let any: SocketAddr = match server {
                SocketAddr::V4(_) => (Ipv4Addr::UNSPECIFIED, 0).into(),
                SocketAddr::V6(_) => (std::net::Ipv6Addr::UNSPECIFIED, 0).into(),
            };
            // A port of its own by chance, and only this server is heard.
            let socket = tokio::net::UdpSocket::bind(any).await?;
            socket.connect(server).await?;
            socket.send(query).await?;
            let mut room = vec![0; DATAGRAM_BYTES_MAX];
            loop {
                let length = socket.recv(&mut room).await?;
                if length >= 2 && room[..2] == query[..2] {
                    room.truncate(length);
                    return Ok(room);
                }
            }
        }
        Way::Stream => {
            let mut stream = tokio::net::TcpStream::connect(server).await?;
            write_framed(&mut stream, query).await?;
            read_framed(&mut stream).await
        }
    }
}

/// By TCP a message comes after its length (RFC 1035 §4.2.2).
async fn read_framed(stream: &mut tokio::net::TcpStream) -> io::Result<Vec<u8>> {
    let length = stream.read_u16().await?;
    let mut bytes = vec![0; length.into()];
    stream.read_exact(&mut bytes).await?;
    Ok(bytes)
}

async fn write_framed(stream: &mut tokio::net::TcpStream, message: &[u8]) -> io::Result<()> {
    let length = u16::try_from(message.len()).map_err(|_| io::ErrorKind::InvalidData)?;
    let mut bytes = length.to_be_bytes().to_vec();
    bytes.extend(message);
    stream.write_all(&bytes).await
}
