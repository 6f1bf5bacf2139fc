//! Files in a bucket of a store that speaks S3.

use std::{
    ops::Range,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use futures_util::{
    FutureExt, StreamExt, TryStreamExt,
    future::{BoxFuture, ready},
    stream::LocalBoxStream,
};
use object_store::{
    ClientOptions, Error as StoreError, GetOptions, GetRange, ObjectMeta, ObjectStore,
    ObjectStoreExt, RetryConfig, WriteMultipart,
    aws::{AmazonS3, AmazonS3Builder},
    path::Path as Place,
    signer::Signer,
};
use secrecy::ExposeSecret;
use tokio::io::AsyncReadExt;

use super::{Bytestream, Kept, Key, Storage};
use crate::{Error, Result, config::MediaConfig};

/// Larger files travel in parts of this size; S3 wants 5 MB at least.
const PART: usize = 8 * 1024 * 1024;
/// Parts on their way at once.
const AT_ONCE: usize = 4;

pub(super) struct Bucket(Arc<AmazonS3>);

impl Bucket {
    pub fn new(config: &MediaConfig) -> Result<Self> {
        let plain = config.s3_endpoint.starts_with("http://");
        let client = ClientOptions::new()
            .with_allow_http(plain)
            .with_connect_timeout(Duration::from_secs(5))
            .with_timeout(Duration::from_mins(5));
        let retry = RetryConfig {
            max_retries: 3,
            retry_timeout: Duration::from_secs(30),
            ..RetryConfig::default()
        };
        let store = AmazonS3Builder::new()
            .with_endpoint(&config.s3_endpoint)
            .with_bucket_name(&config.s3_bucket)
            .with_region(&config.s3_region)
            .with_access_key_id(&config.s3_access_key)
            .with_secret_access_key(config.s3_secret_key.expose_secret())
            // COS and OSS want more of it than MinIO.
            .with_disable_bulk_delete(true)
            .with_client_options(client)
            .with_retry(retry)
            .build()
            .map_err(broken)?;
        Ok(Self(Arc::new(store)))
    }

    async fn put(&self, place: &Place, file: &Path) -> Result<()> {
        let mut file = tokio::fs::File::open(file).await?;
        let length = file.metadata().await?.len();
        if length <= PART as u64 {
            let mut content = Vec::new();
            file.read_to_end(&mut content).await?;
            self.0.put(place, content.into()).await.map_err(broken)?;
            return Ok(());
        }
        let upload = self.0.put_multipart(place).await.map_err(broken)?;
        let mut writer = WriteMultipart::new_with_chunk_size(upload, PART);
        let mut buffer = vec![0; 256 * 1024];
        loop {
            let read = file.read(&mut buffer).await?;
            if read == 0 {
                break;
            }
            writer.wait_for_capacity(AT_ONCE).await.map_err(broken)?;
            writer.write(&buffer[..read]);
        }
        writer.finish().await.map_err(broken)?;
        Ok(())
    }
}

impl Storage for Bucket {
    fn keep<'a>(&'a self, key: &'a Key, file: &'a Path) -> BoxFuture<'a, Result<()>> {
        let place = place(key);
        async move { self.put(&place, file).await }.boxed()
    }

    fn size<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<Option<u64>>> {
        async move {
            match self.0.head(&place(key)).await {
                Ok(found) => Ok(Some(found.size)),
                Err(StoreError::NotFound { .. }) => Ok(None),
                Err(error) => Err(broken(error)),
            }
        }
        .boxed()
    }

    fn read<'a>(&'a self, key: &'a Key, range: Range<u64>) -> BoxFuture<'a, Result<Bytestream>> {
        async move {
            let part =
                GetOptions { range: Some(GetRange::Bounded(range)), ..GetOptions::default() };
            let found = self.0.get_opts(&place(key), part).await.map_err(broken)?;
            Ok(found.into_stream().map_err(broken).boxed())
        }
        .boxed()
    }

    fn remove<'a>(&'a self, key: &'a Key) -> BoxFuture<'a, Result<()>> {
        async move {
            match self.0.delete(&place(key)).await {
                Ok(()) | Err(StoreError::NotFound { .. }) => Ok(()),
                Err(error) => Err(broken(error)),
            }
        }
        .boxed()
    }

    fn list(&self) -> LocalBoxStream<'_, Result<Kept>> {
        let kept = |found: ObjectMeta| {
            let key = found.location.filename().and_then(Key::parse);
            let kept =
                key.map(|(key, _)| Kept { key, bytes: found.size, since: found.last_modified });
            ready(Ok(kept))
        };
        let folder = Place::from(FOLDER);
        self.0.list(Some(&folder)).map_err(broken).try_filter_map(kept).boxed_local()
    }

    fn local(&self, _: &Key) -> Option<PathBuf> {
        None
    }

    fn link<'a>(&'a self, key: &'a Key, lasts: Duration) -> BoxFuture<'a, Result<Option<String>>> {
        async move {
            let link = self.0.signed_url(reqwest::Method::GET, &place(key), lasts).await;
            Ok(Some(link.map_err(broken)?.into()))
        }
        .boxed()
    }
}

/// The bucket may hold other things too.
const FOLDER: &str = "media";

fn place(key: &Key) -> Place {
    Place::from(format!("{FOLDER}/{}", key.as_str()))
}

fn broken(error: StoreError) -> Error {
    anyhow::Error::new(error).context("the store of files").into()
}
