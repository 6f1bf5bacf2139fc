// Files that are two things at once, and files that are no part of any lesson. What runs of them says so
// by an alert.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const { COURSES } = process.env;
const PAGE = Buffer.from('<html><body onload="alert(1)"><script>alert(1)</script>');
const SCRIPT = Buffer.from('\nalert(1);\n');
const seed = (name) => readFileSync(join(COURSES, name));
const behind = (...parts) => Buffer.concat(parts);

/** A box of an MP4. */
const box = (kind, content) => {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8);
  head.write(kind, 4, 'latin1');
  return Buffer.concat([head, content]);
};

/** A PNG with one more chunk, which programs skip. */
const withText = (png) => {
  const at = png.length - 12;
  const head = Buffer.alloc(4);
  head.writeUInt32BE(PAGE.length);
  return Buffer.concat([png.subarray(0, at), head, Buffer.from('tEXt'), PAGE, Buffer.alloc(4), png.subarray(at)]);
};

/** A JPEG with a comment, which programs skip. */
const withComment = (jpeg) => {
  const head = Buffer.from([0xff, 0xfe, 0, 0]);
  head.writeUInt16BE(PAGE.length + 2, 2);
  return behind(jpeg.subarray(0, 2), head, PAGE, jpeg.subarray(2));
};

/** A jar, as Java looks for it: from the end of a file. */
function jar() {
  const name = Buffer.from('evil.class');
  const entry = Buffer.alloc(26);
  entry.writeUInt32LE(PAGE.length, 14);
  entry.writeUInt32LE(PAGE.length, 18);
  entry.writeUInt16LE(name.length, 22);
  const file = behind(Buffer.from('PK\x03\x04'), entry, name, PAGE);
  const listed = Buffer.alloc(42);
  entry.copy(listed, 2);
  const list = behind(Buffer.from('PK\x01\x02'), listed, name);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(1, 4);
  end.writeUInt16LE(1, 6);
  end.writeUInt32LE(list.length, 8);
  end.writeUInt32LE(file.length, 12);
  return behind(file, list, Buffer.from('PK\x05\x06'), end);
}

/** A PDF of one page that means to do something when it is opened. */
function acting() {
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >> >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Resources << >> /AA << /O << /S /URI /URI (javascript:alert\\(1\\)) >> >> >>',
  ];
  let file = '%PDF-1.4\n';
  const places = objects.map((object, index) => {
    const place = file.length;
    file += `${index + 1} 0 obj\n${object}\nendobj\n`;
    return `${place}`.padStart(10, '0');
  });
  const size = objects.length + 1;
  const table = `xref\n0 ${size}\n0000000000 65535 f \n${places.map((place) => `${place} 00000 n \n`).join('')}`;
  return Buffer.from(`${file}${table}trailer\n<< /Size ${size} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`);
}

/** Frames of an MP3, 26 ms each. */
const mp3 = (frames) => Buffer.concat(Array(frames).fill(behind(Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(413, 7))));

const png = seed('cleaning/cover.png');
const mp4 = seed('cleaning/demo.mp4');
const m4a = seed('managing-briefing/briefing.m4a');
const pdf = seed('doing-hygiene/disinfectant.pdf');

/** What is kept as the one thing that it is. */
export const kept = (jpeg) => ({
  'a picture with a page behind it': behind(png, PAGE),
  'a picture with a script behind it': behind(png, SCRIPT),
  'a picture with a jar behind it': behind(png, jar()),
  'a photo with a page in its comment': withComment(jpeg),
  'a photo with a page behind it': behind(jpeg, PAGE),
  'a photo with a jar behind it': behind(jpeg, jar()),
  'a video with a page behind it': behind(mp4, box('free', PAGE)),
  'a video with a script behind it': behind(mp4, box('free', SCRIPT)),
  'a recording with a page behind it': behind(m4a, box('free', PAGE)),
  'a recording of frames with a page behind it': behind(mp3(100), PAGE),
  'a document with a page behind it': behind(pdf, PAGE),
  'a document with a script behind it': behind(pdf, SCRIPT),
  'a document with a jar behind it': behind(pdf, jar()),
  'a document that acts': acting(),
});

export const REFUSED = {
  'a page': PAGE,
  'a page behind spaces': behind(Buffer.alloc(3000, ' '), PAGE),
  'a page in UTF-16': Buffer.from(`\ufeff${PAGE}`, 'utf16le'),
  'a drawing with a script': Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"),
  'a script': SCRIPT,
  'a picture in name only': behind(png.subarray(0, 8), PAGE),
  'a picture with a broken chunk': withText(png).subarray(0, 60),
  'a video in name only': behind(mp4.subarray(0, 24), PAGE),
  'a document in name only': behind(Buffer.from('%PDF-1.7\n'), PAGE),
  'a GIF that is a script': Buffer.from('GIF89a=1;alert(1);//'),
  'a style sheet': Buffer.from('@import url(javascript:alert(1))'),
  'a playlist': Buffer.from('#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n'),
};

/** Names that mean to leave the folder, or to be something else than the picture that has them. */
export const NAMES = [
  '../../../../etc/passwd',
  '..\\..\\windows\\system32',
  '/etc/passwd',
  'x.png\0.html',
  'x.html;.png',
  'x.png.html',
  'x\r\nSet-Cookie: a=b.png',
  '\u202egnp.exe',
  '<script>alert(1)</script>.png',
  '.htaccess',
  'CON',
  '%2e%2e%2fsecret.key',
];

/** A picture under such a name. */
export const named = (name) => behind(png, Buffer.from(name));
