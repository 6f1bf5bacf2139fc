//! Files that name other files, on this machine and on others: whatever is made of an upload, nobody
//! goes there. What ffmpeg alone would make of playlists is tried where it is told what to do.

use std::net::{TcpListener, TcpStream};

use shared::content::media_url;

use super::{
    converted, jpeg,
    made::{boxed, mp3, pdf, zip},
    png,
    ready::fetched,
    tus,
};

/// What lies in a file that is nobody's business.
const SECRET: &[u8] = b"root:x:0:0: not for anybody";

type Files = Vec<(String, Vec<u8>)>;

fn playlists(target: &str) -> Files {
    let of = |name: &str, text: String| (format!("{name} of {target}"), text.into_bytes());
    vec![
        of("a playlist", format!("#EXTM3U\n#EXTINF:1,\n{target}\n#EXT-X-ENDLIST\n")),
        of(
            "a key",
            format!("#EXTM3U\n#EXT-X-KEY:METHOD=AES-128,URI=\"{target}\"\n#EXTINF:1,\nx\n"),
        ),
        of("a list", format!("ffconcat version 1.0\nfile '{target}'\n")),
        of("a session", format!("v=0\nc=IN IP4 127.0.0.1\nm=video 9 RTP/AVP 96\na={target}\n")),
        of(
            "a drawing",
            format!("<svg xmlns='http://www.w3.org/2000/svg'><image href='{target}'/></svg>"),
        ),
        of("a page", format!("<html><img src='{target}'>")),
    ]
}

/// The same behind what films begin with, so that they are looked into as films.
fn in_disguise(target: &str) -> Files {
    let heads: [(&str, &[u8]); 5] = [
        ("matroska", b"\x1a\x45\xdf\xa3"),
        ("avi", b"RIFF\xff\xff\0\0AVI LIST"),
        ("flv", b"FLV\x01\x05\0\0\0\x09"),
        ("mpeg", b"\0\0\x01\xba"),
        ("mp4", b"\0\0\0\x14ftypisom\0\0\0\0isom"),
    ];
    let playlist = format!("\n#EXTM3U\n#EXTINF:1,\n{target}\n#EXT-X-ENDLIST\n");
    let behind = |(name, head): (&str, &[u8])| {
        (format!("{name} of {target}"), [head, playlist.as_bytes()].concat())
    };
    heads.map(behind).to_vec()
}

/// An MP4 whose samples lie elsewhere, as its data reference says.
fn elsewhere(movie: &[u8], reference: &[u8]) -> Vec<u8> {
    let (mut at, mut all) = (0, Vec::new());
    while let Some(head) = movie.get(at..at + 8) {
        let size = u32::from_be_bytes(head[..4].try_into().unwrap()) as usize;
        let (kind, inside) = (head[4..].try_into().unwrap(), &movie[at + 8..at + size]);
        at += size;
        match &kind {
            b"moov" | b"trak" | b"mdia" | b"minf" | b"dinf" => {
                all.extend(boxed(kind, &elsewhere(inside, reference)));
            }
            b"dref" => all.extend(boxed(kind, &[b"\0\0\0\0\0\0\0\x01", reference].concat())),
            _ => all.extend(boxed(kind, inside)),
        }
    }
    all
}

/// An alias of the Macintosh: the path behind what nobody reads.
fn alias(path: &str) -> Vec<u8> {
    let length = u16::try_from(path.len()).unwrap().to_be_bytes();
    let path = [&[0, 2], &length[..], path.as_bytes(), &[0xff, 0xff, 0, 0]].concat();
    boxed(*b"alis", &[vec![0; 4 + 150], path].concat())
}

fn films(target: &str, film: &[u8]) -> Files {
    let name = |kind: &str| format!("{kind} to {target}");
    let text = [b"\0\0\0\0", target.as_bytes(), b"\0"].concat();
    let address = elsewhere(film, &boxed(*b"url ", &text));
    let by_alias = elsewhere(film, &alias(target));
    let reference =
        [b"\0\0\0\0url ", &200_u32.to_be_bytes()[..], target.as_bytes(), b"\0"].concat();
    let redirected =
        boxed(*b"moov", &boxed(*b"rmra", &boxed(*b"rmda", &boxed(*b"rdrf", &reference))));
    vec![
        (name("a film that points"), address),
        (name("a film with an alias"), by_alias),
        (name("a film that redirects"), [boxed(*b"ftyp", b"qt  \0\0\0\0"), redirected].concat()),
    ]
}

fn others(target: &str) -> Files {
    let name = |kind: &str| format!("{kind} with {target}");
    let xmp = format!("<x:xmpmeta><rdf:Description rdf:resource='{target}'/></x:xmpmeta>");
    let length = u16::try_from(xmp.len() + 2).unwrap().to_be_bytes();
    let comment = [b"\xff\xe1", &length[..], xmp.as_bytes()].concat();
    let jpeg = jpeg(64, 64);
    let png = [png(8, 8), xmp.clone().into_bytes()].concat();
    let linked = format!("-->\0\x03\0{target}");
    let size = u8::try_from(linked.len()).unwrap();
    let frame = [b"APIC\0\0\0", &[size, 0, 0][..], linked.as_bytes()].concat();
    let tag = [b"ID3\x03\0\0\0\0", &[0, u8::try_from(frame.len()).unwrap()][..], &frame].concat();
    let page = |catalog: &str| pdf(&[(200, 100)], catalog);
    let link = format!(
        r#"<Relationships><Relationship Id="r1" TargetMode="External" Target="{target}"/></Relationships>"#
    );
    let word = zip(&[
        ("[Content_Types].xml", b"<x/>"),
        ("word/document.xml", b"<x/>"),
        ("word/_rels/document.xml.rels", link.as_bytes()),
    ]);
    vec![
        (name("a photo"), [&jpeg[..2], &comment, &jpeg[2..]].concat()),
        (name("a picture"), png),
        (name("a recording"), [tag, mp3(100)].concat()),
        (name("a document"), page(&format!("/OpenAction << /S /URI /URI ({target}) >>"))),
        (name("a document"), page(&format!("/OpenAction << /S /GoToR /F ({target}) >>"))),
        (name("a document"), page(&format!("/OpenAction << /S /Launch /F ({target}) >>"))),
        (name("a document"), page(&format!("/AF [<< /Type /Filespec /FS /URL /F ({target}) >>]"))),
        (name("a Word file"), word),
    ]
}

#[actix_web::test]
async fn nothing_that_an_uploaded_file_names_is_fetched() {
    let Some(ffmpeg) = converted::ffmpeg() else { return };
    let world = converted::world(&ffmpeg).await;
    let outside = tempfile::tempdir().unwrap();
    let secret = outside.path().join("secret");
    std::fs::write(&secret, SECRET).unwrap();
    let canary = TcpListener::bind("127.0.0.1:0").unwrap();
    canary.set_nonblocking(true).unwrap();
    let host = format!("http://{}/a.ts", canary.local_addr().unwrap());
    let file = format!("file://{}", secret.display());
    let how = "-map 0:v -c:v libx264 -pix_fmt yuv420p -movflags +faststart -f mp4";
    let how: Vec<&str> = how.split(' ').collect();
    let film = converted::film(&ffmpeg, "testsrc2=size=320x240:rate=10:duration=1", &how);
    let mut kept = 0;
    let officer = world.person("zhengming").await;
    for target in [&*host, &*file, secret.to_str().unwrap()] {
        let all = [playlists(target), in_disguise(target), films(target, &film), others(target)];
        for (name, bytes) in all.concat() {
            let standing = tus::sent(&world, "zhengming", &bytes).await;
            assert!(
                standing.file.is_some() != standing.refusal().is_some(),
                "{name}: {standing:?}"
            );
            assert!(canary.accept().is_err(), "{name} was followed");
            let Some(file) = standing.file else { continue };
            kept += 1;
            for part in ["", "/360p", "/poster", "/page-1", "/w360"] {
                let target = format!("{}{part}", media_url(file.id));
                let (_, _, bytes) = fetched(&world, &officer, &target).await;
                let holds = bytes.windows(SECRET.len()).any(|it| it == SECRET);
                assert!(!holds, "{name} took something along");
            }
        }
    }
    assert!(kept >= 18, "too few were looked into to the end: {kept}");
    // Had anybody come, we would have heard.
    drop(TcpStream::connect(canary.local_addr().unwrap()).unwrap());
    assert!(canary.accept().is_ok());
}
