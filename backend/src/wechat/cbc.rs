//! AES-CBC in WeChat's two kinds: the key and the padding of the message callback, and those of
//! `encryptedData`.

use aes::{Aes128, Aes256};
use cbc::{
    Decryptor, Encryptor,
    cipher::{Array, BlockModeDecrypt, BlockModeEncrypt, KeyIvInit},
};

const BLOCK: usize = 16;

/// Decrypts whole blocks with a key of 32 bytes; nothing for anything else.
pub(super) fn open_256(key: &[u8; 32], iv: &[u8; BLOCK], sealed: &[u8]) -> Option<Vec<u8>> {
    open(Decryptor::<Aes256>::new(key.into(), iv.into()), sealed)
}

/// The same with a key of 16 bytes.
pub(super) fn open_128(key: &[u8; 16], iv: &[u8; BLOCK], sealed: &[u8]) -> Option<Vec<u8>> {
    open(Decryptor::<Aes128>::new(key.into(), iv.into()), sealed)
}

fn open<C>(mut cipher: C, sealed: &[u8]) -> Option<Vec<u8>>
where
    C: BlockModeDecrypt<BlockSize = cbc::cipher::consts::U16>,
{
    if sealed.is_empty() || !sealed.len().is_multiple_of(BLOCK) {
        return None;
    }
    let mut plain = sealed.to_vec();
    let (blocks, _) = Array::slice_as_chunks_mut(&mut plain);
    cipher.decrypt_blocks(blocks);
    Some(plain)
}

/// Pads to a multiple of `to` and encrypts.
pub(super) fn seal_256(key: &[u8; 32], iv: &[u8; BLOCK], mut plain: Vec<u8>, to: usize) -> Vec<u8> {
    let padding = to - plain.len() % to;
    // At most 32, as WeChat pads.
    let byte = u8::try_from(padding).unwrap_or(u8::MAX);
    plain.resize(plain.len() + padding, byte);
    let (blocks, _) = Array::slice_as_chunks_mut(&mut plain);
    Encryptor::<Aes256>::new(key.into(), iv.into()).encrypt_blocks(blocks);
    plain
}

/// What is left without PKCS#7's padding to `most` bytes; nothing where it is none.
pub(super) fn unpadded(plain: &[u8], most: usize) -> Option<&[u8]> {
    let count = usize::from(*plain.last()?);
    if count == 0 || count > most {
        return None;
    }
    let (text, padding) = plain.split_at(plain.len().checked_sub(count)?);
    padding.iter().all(|byte| usize::from(*byte) == count).then_some(text)
}
