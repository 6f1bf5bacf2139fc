//! 500 MB over a network that breaks, to a server that is started again on the way.

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
};

use actix_web::{App as ActixApp, HttpMessage, HttpServer, dev::ServerHandle, http::header, web};
use backend::http;
use ring::digest::{Context, SHA256};
use shared::media::UPLOADS;

use super::{demo_video, tus};
use crate::scene::World;

const MEGABYTE: usize = 1024 * 1024;
const LENGTH: usize = 500 * MEGABYTE;

/// A video that is mostly a box which players skip; every megabyte of it differs.
struct Large {
    head: Vec<u8>,
}

impl Large {
    /// After a video of which nothing is forgotten any more.
    fn after(mut head: Vec<u8>) -> Self {
        let free = u32::try_from(LENGTH - head.len()).unwrap();
        head.extend(free.to_be_bytes());
        head.extend(b"free");
        Self { head }
    }

    /// The bytes of a megabyte.
    fn megabyte(&self, number: usize) -> Vec<u8> {
        let start = number * MEGABYTE;
        let mut bytes = vec![u8::try_from(number % 251).unwrap(); MEGABYTE];
        bytes[..8].copy_from_slice(&start.to_be_bytes());
        if let Some(head) = self.head.get(start..) {
            let head = &head[..head.len().min(MEGABYTE)];
            bytes[..head.len()].copy_from_slice(head);
        }
        bytes
    }

    fn sha256(&self) -> Vec<u8> {
        let mut hash = Context::new(&SHA256);
        (0..LENGTH / MEGABYTE).for_each(|number| hash.update(&self.megabyte(number)));
        hash.finish().as_ref().to_vec()
    }
}

fn serve(world: &World) -> (SocketAddr, ServerHandle) {
    let data = web::Data::new(world.app.clone());
    let app = move || ActixApp::new().app_data(data.clone()).configure(http::configure);
    let server = HttpServer::new(app).workers(1).bind(("127.0.0.1", 0)).unwrap();
    let address = server.addrs()[0];
    let running = server.disable_signals().run();
    let handle = running.handle();
    actix_web::rt::spawn(running);
    (address, handle)
}

/// Sends the file from an offset on, and hangs up after so many bytes; the status where it was not
/// cut off, 0 where the server hung up.
fn send(
    large: &Large,
    to: SocketAddr,
    (upload, authorization): (&str, &str),
    (offset, bytes): (usize, usize),
) -> Option<u16> {
    let mut stream = TcpStream::connect(to).unwrap();
    write!(
        stream,
        "PATCH {upload} HTTP/1.1\r\nHost: x\r\nAuthorization: {authorization}\r\n\
         Tus-Resumable: 1.0.0\r\nContent-Type: {}\r\nUpload-Offset: {offset}\r\n\
         Content-Length: {}\r\n\r\n",
        tus::PIECE,
        LENGTH - offset,
    )
    .unwrap();
    let (mut at, end) = (offset, (offset + bytes).min(LENGTH));
    while at < end {
        let megabyte = large.megabyte(at / MEGABYTE);
        let upto = megabyte.len().min(end - at / MEGABYTE * MEGABYTE);
        if stream.write_all(&megabyte[at % MEGABYTE..upto]).is_err() {
            return Some(0);
        }
        at = at / MEGABYTE * MEGABYTE + upto;
    }
    if end < LENGTH {
        return None;
    }
    let mut answer = [0; 12];
    stream
        .read_exact(&mut answer)
        .ok()
        .map_or(Some(0), |()| String::from_utf8_lossy(&answer[9..]).parse().ok())
}

#[actix_web::test]
async fn half_a_gigabyte_that_is_cut_off_five_times_arrives_whole() {
    let mut world = World::configured(&[]).await;
    let small = tus::kept(&world, "zhengming", &demo_video()).await;
    let small = std::fs::read(world.app.media.path(small.id)).unwrap();
    let large = std::sync::Arc::new(Large::after(small));
    let upload = tus::begun(&world, "zhengming", LENGTH).await;
    assert!(upload.starts_with(UPLOADS));
    let (mut address, mut server) = serve(&world);
    // Neither at a megabyte's end, nor where the server notes what it has.
    let mut cuts = [3, 70 * MEGABYTE + 1, 99_999_999, 17, 120 * MEGABYTE + 4711, LENGTH].iter();
    let (mut cut, mut restarted) = (*cuts.next().unwrap(), false);
    let mut offset = 0;
    loop {
        let ask = tus::request(&world, "zhengming", "HEAD", &upload).await.to_request();
        let authorization = ask.headers().get(header::AUTHORIZATION).unwrap();
        let authorization = authorization.to_str().unwrap().to_owned();
        let (large, target) = (large.clone(), upload.clone());
        let sending = move || send(&large, address, (&target, &authorization), (offset, cut));
        let status = web::block(sending).await.unwrap();
        let reached = settled(&world, &upload).await;
        assert!(reached >= offset, "what was there stays");
        offset = reached;
        match status {
            Some(204) => break,
            // The request before was heard only now.
            Some(0 | 409 | 423) => {}
            Some(other) => panic!("{other}"),
            None => cut = *cuts.next().unwrap(),
        }
        if offset > 150 * MEGABYTE && !restarted {
            server.stop(false).await;
            world = world.restarted().await;
            (address, server) = serve(&world);
            restarted = true;
        }
    }
    assert_eq!((restarted, cuts.next()), (true, None), "it was cut off five times");
    server.stop(false).await;
    tus::work(&world).await;
    let done = tus::standing(&world, "zhengming", &upload).await;
    let file = done.file.unwrap_or_else(|| panic!("{:?}", done.detail));
    assert_eq!((file.bytes, file.width), (LENGTH as u64, 640));
    let kept = std::fs::read(world.app.media.path(file.id)).unwrap();
    assert_eq!(ring::digest::digest(&SHA256, &kept).as_ref(), large.sha256());
}

/// How far the upload got, once the request that was cut off has let go of it.
async fn settled(world: &World, upload: &str) -> usize {
    loop {
        let offset = tus::offset(world, "zhengming", upload).await.unwrap();
        if offset == LENGTH {
            return offset;
        }
        let nothing = tus::piece(world, ("zhengming", upload), offset, b"").await;
        if world.send(nothing).await.status() == 204 {
            return offset;
        }
    }
}
