use std::{
    fs,
    net::{TcpListener, TcpStream},
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use tempfile::TempDir;

use super::{super::BOUNDS, *};
use crate::media::programs;

/// The real one; nothing where a person has none.
fn ffmpeg() -> Option<PathBuf> {
    let found = programs::find("ffmpeg");
    assert!(found.is_some() || std::env::var("CI").is_err(), "ffmpeg must be installed in CI");
    if found.is_none() {
        eprintln!("not run: ffmpeg is not installed; see `cargo xtask setup`");
    }
    found
}

/// Somebody who hears every connection.
struct Canary {
    port: u16,
    /// The ports of those who came, in the order in which they did.
    heard: Arc<Mutex<Vec<u16>>>,
}

impl Canary {
    fn new() -> Self {
        // Of both kinds of addresses, where there are both.
        let listener = TcpListener::bind("[::]:0").or_else(|_| TcpListener::bind("0.0.0.0:0"));
        let (listener, heard) = (listener.unwrap(), Arc::new(Mutex::new(Vec::new())));
        let (port, book) = (listener.local_addr().unwrap().port(), heard.clone());
        std::thread::spawn(move || {
            while let Ok((_, from)) = listener.accept() {
                book.lock().unwrap().push(from.port());
            }
        });
        Self { port, heard }
    }

    /// How many came since somebody asked last: all that came before a knock of our own.
    fn heard(&self) -> usize {
        let knock = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        let ours = knock.local_addr().unwrap().port();
        loop {
            let mut heard = self.heard.lock().unwrap();
            if let Some(others) = heard.iter().position(|it| *it == ours) {
                heard.drain(..=others);
                return others;
            }
            drop(heard);
            std::thread::yield_now();
        }
    }
}

/// Ways to write where something lies: on this machine's port, or in a file that is not theirs.
fn addresses(port: u16, secret: &Path) -> Vec<String> {
    let secret = secret.display();
    let hosts = [
        "127.0.0.1",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[0:0:0:0:0:ffff:7f00:1]",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",
        "a:b@127.0.0.1",
    ];
    let ways = [
        "https://",
        "tcp://",
        "tls://",
        "rtmp://",
        "rtsp://",
        "ftp://",
        "gopher://",
        "mmsh://",
        "icecast://",
        "httpproxy://",
        "hls+http://",
        "concat:http://",
        "cache:http://",
        "crypto+http://",
        "async:http://",
        "subfile,,start,0,end,9,,:http://",
    ];
    let of_hosts = hosts.map(|host| format!("http://{host}:{port}/a.ts"));
    let in_ways = ways.map(|way| format!("{way}127.0.0.1:{port}/a.ts"));
    let files = [
        format!("file://{secret}"),
        format!("file:{secret}"),
        format!("{secret}"),
        format!("concat:{secret}|{secret}"),
        format!("subfile,,start,0,end,9999,,:{secret}"),
    ];
    [of_hosts.to_vec(), in_ways.to_vec(), files.to_vec()].concat()
}

fn playlist(address: &str) -> String {
    format!("#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{address}\n#EXT-X-ENDLIST\n")
}

/// Other files that name one.
fn lists(address: &str) -> Vec<String> {
    let hls = "#EXTM3U\n#EXT-X-TARGETDURATION:9\n";
    vec![
        format!("{hls}#EXT-X-KEY:METHOD=AES-128,URI=\"{address}\"\n#EXTINF:9,\nin\n"),
        format!("{hls}#EXT-X-MAP:URI=\"{address}\"\n#EXTINF:9,\nin\n#EXT-X-ENDLIST\n"),
        format!("#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n{address}\n"),
        format!("ffconcat version 1.0\nfile '{address}'\n"),
        format!(
            "<?xml version=\"1.0\"?><MPD xmlns=\"urn:mpeg:dash:schema:mpd:2011\" type=\"static\" \
             mediaPresentationDuration=\"PT9S\"><Period><AdaptationSet contentType=\"video\">\
             <Representation id=\"1\" bandwidth=\"1\"><BaseURL>{address}</BaseURL>\
             <SegmentList><SegmentURL media=\"{address}\"/></SegmentList></Representation>\
             </AdaptationSet></Period></MPD>"
        ),
        format!("v=0\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na=control:{address}\n"),
    ]
}

/// A folder where `in` says this.
fn folder(said: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in"), said).unwrap();
    folder
}

/// A film in a folder that is nobody's business.
fn secret() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("secret.mp4");
    fs::copy(concat!(env!("CARGO_MANIFEST_DIR"), "/seed/courses/canteen/demo.mp4"), &file).unwrap();
    (folder, file)
}

async fn run(ffmpeg: &Path, arguments: &[&str], folder: &Path) -> bool {
    programs::run(ffmpeg, arguments, folder, BOUNDS, |_| ()).await.unwrap().well
}

#[actix_web::test]
async fn ffmpeg_opens_nothing_that_a_file_names() {
    let Some(ffmpeg) = ffmpeg() else { return };
    let (canary, (_kept, secret)) = (Canary::new(), secret());
    let addresses = addresses(canary.port, &secret);
    let [http, file] = [&addresses[0], &addresses[27]];
    let forms: Vec<String> = addresses
        .iter()
        .map(|it| playlist(it))
        .chain([http, file].into_iter().flat_map(|it| lists(it)))
        .collect();
    assert!(forms.len() >= 40, "{}", forms.len());
    for form in &forms {
        let folder = folder(form);
        assert!(!run(&ffmpeg, &of_video(), folder.path()).await, "{form}");
        assert!(!folder.path().join("out.mp4").exists(), "{form}");
        assert_eq!(canary.heard(), 0, "{form}");
    }
    for form in [playlist(http), playlist(file)] {
        let folder = folder(&form);
        assert!(!run(&ffmpeg, &of_poster("0"), folder.path()).await, "{form}");
        assert!(!folder.path().join("poster.jpg").exists(), "{form}");
        assert_eq!(canary.heard(), 0, "{form}");
    }
}

/// What the scene above would see if ffmpeg were not told what it may read.
#[actix_web::test]
async fn a_careless_ffmpeg_would_open_what_a_file_names() {
    let Some(ffmpeg) = ffmpeg() else { return };
    let (canary, (_kept, secret)) = (Canary::new(), secret());
    let careless = |all: Vec<&'static str>| {
        let told = ["-protocol_whitelist", "-format_whitelist"];
        let mut left = all.into_iter();
        let mut careless = Vec::new();
        while let Some(it) = left.next() {
            match it {
                _ if told.contains(&it) => drop(left.next()),
                "-i" => careless.extend([
                    "-protocol_whitelist",
                    "file,http,tcp",
                    "-allowed_extensions",
                    "ALL",
                    it,
                ]),
                _ => careless.push(it),
            }
        }
        careless
    };
    let to_host = folder(&playlist(&addresses(canary.port, &secret)[0]));
    run(&ffmpeg, &careless(of_video()), to_host.path()).await;
    assert!(canary.heard() > 0);
    let to_file = folder(&playlist(&secret.display().to_string()));
    assert!(run(&ffmpeg, &careless(of_video()), to_file.path()).await);
    assert!(to_file.path().join("out.mp4").exists());
}
