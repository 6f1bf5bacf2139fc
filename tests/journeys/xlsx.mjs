// Reads what a person would see in a spreadsheet, without a library: an xlsx file is a zip of XML.
import { inflateRawSync } from 'node:zlib';

/** The texts of all cells, in the order of the file's table of texts. */
export function textsOf(file) {
  const xml = entry(file, 'xl/sharedStrings.xml').toString('utf8');
  return [...xml.matchAll(/<t[^>]*>([^<]*)<\/t>/g)].map((match) => match[1]);
}

/** One file of the zip, found through its central directory. */
function entry(zip, wanted) {
  const end = zip.lastIndexOf(Buffer.from('PK\x05\x06', 'latin1'));
  if (zip.readUInt32LE(0) !== 0x04034b50 || end < 0) throw new Error('this is not a zip file');
  let at = zip.readUInt32LE(end + 16);
  for (let count = zip.readUInt16LE(end + 10); count > 0; count -= 1) {
    const [method, size] = [zip.readUInt16LE(at + 10), zip.readUInt32LE(at + 20)];
    const [name, extra, comment] = [28, 30, 32].map((offset) => zip.readUInt16LE(at + offset));
    const local = zip.readUInt32LE(at + 42);
    if (zip.toString('utf8', at + 46, at + 46 + name) === wanted) {
      const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
      const content = zip.subarray(start, start + size);
      return method === 8 ? inflateRawSync(content) : content;
    }
    at += 46 + name + extra + comment;
  }
  throw new Error(`the zip has no ${wanted}`);
}
