//! What a browser saves a download as.

use actix_web::{
    HttpResponse,
    http::header::{
        CACHE_CONTROL, Charset, ContentDisposition, DispositionParam, DispositionType,
        ExtendedValue,
    },
};

/// An Excel workbook, to be saved under a name.
pub fn workbook(bytes: Vec<u8>, name: &str, plain: &str) -> HttpResponse {
    HttpResponse::Ok()
        .content_type("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
        .insert_header((CACHE_CONTROL, "no-store"))
        .insert_header(attachment(name, plain))
        .body(bytes)
}

/// Says that an answer is to be saved under a name (RFC 5987); old programs take the plain one.
pub fn attachment(name: &str, plain: &str) -> ContentDisposition {
    // Windows takes none of these in a file's name.
    let name = name.replace(['/', '\\', ':', '*', '?', '"', '<', '>', '|', '\n'], "_");
    let named = ExtendedValue {
        charset: Charset::Ext("UTF-8".into()),
        language_tag: None,
        value: name.into_bytes(),
    };
    ContentDisposition {
        disposition: DispositionType::Attachment,
        parameters: vec![
            DispositionParam::Filename(plain.into()),
            DispositionParam::FilenameExt(named),
        ],
    }
}
