//! Files of lessons: where they are kept, how many there may be, and who converts them.

use std::path::PathBuf;

use anyhow::ensure;
use clap::Args;
use secrecy::{ExposeSecret, SecretString};

use super::AppEnv;

const MEGABYTE: u64 = 1024 * 1024;

#[derive(Debug, Clone, Args)]
pub struct MediaConfig {
    /// `S3_ENDPOINT`: a store that speaks S3 (MinIO, COS, OSS), as `https://s3.example.cn`. Absent:
    /// files lie in `DATA_DIR`.
    #[arg(long, env = "S3_ENDPOINT", default_value = "")]
    pub s3_endpoint: String,
    /// `S3_BUCKET`: the bucket, which must exist.
    #[arg(long, env = "S3_BUCKET", default_value = "")]
    pub s3_bucket: String,
    /// `S3_REGION`: the region that requests are signed for.
    #[arg(long, env = "S3_REGION", default_value = "us-east-1")]
    pub s3_region: String,
    /// `S3_ACCESS_KEY`: the id of the key.
    #[arg(long, env = "S3_ACCESS_KEY", default_value = "")]
    pub s3_access_key: String,
    /// `S3_SECRET_KEY`: the key.
    #[arg(long, env = "S3_SECRET_KEY", default_value = "", hide_env_values = true)]
    pub s3_secret_key: SecretString,
    /// `UPLOAD_QUOTA_PERSON_MB`: megabytes of files that one officer may upload.
    #[arg(long, env = "UPLOAD_QUOTA_PERSON_MB", default_value_t = 20_480)]
    pub upload_quota_person_mb: u32,
    /// `UPLOAD_QUOTA_ORGANIZATION_MB`: megabytes that the officers of an organisation may upload.
    #[arg(long, env = "UPLOAD_QUOTA_ORGANIZATION_MB", default_value_t = 102_400)]
    pub upload_quota_organization_mb: u32,
    /// `MEDIA_ORPHAN_DAYS`: files that nothing shows are removed after so many days; 0: never.
    #[arg(long, env = "MEDIA_ORPHAN_DAYS", default_value_t = 30)]
    pub media_orphan_days: u32,
    /// `FFMPEG`: the program that makes videos small; where there is none, they are shown as they are.
    #[arg(long, env = "FFMPEG", default_value = "ffmpeg")]
    pub ffmpeg: String,
    /// `LIBREOFFICE`: the program that turns office files into pages; where there is none, courseware
    /// is PDF only.
    #[arg(long, env = "LIBREOFFICE", default_value = "soffice")]
    pub libreoffice: String,
    /// Which program draws the pages of courseware, for tests: ours, unless said otherwise.
    #[arg(long, hide = true)]
    pub page_drawer: Option<PathBuf>,
}

impl MediaConfig {
    pub fn person_quota(&self) -> u64 {
        u64::from(self.upload_quota_person_mb) * MEGABYTE
    }

    pub fn organization_quota(&self) -> u64 {
        u64::from(self.upload_quota_organization_mb) * MEGABYTE
    }

    /// Refuses half a configuration.
    ///
    /// # Errors
    /// In words that say which variable to set.
    pub fn check(&self, env: AppEnv) -> anyhow::Result<()> {
        if self.s3_endpoint.is_empty() {
            return Ok(());
        }
        let whole = [&*self.s3_bucket, &*self.s3_access_key, self.s3_secret_key.expose_secret()];
        ensure!(
            whole.iter().all(|it| !it.is_empty()),
            "S3_ENDPOINT needs S3_BUCKET, S3_ACCESS_KEY and S3_SECRET_KEY"
        );
        ensure!(
            env != AppEnv::Production || self.s3_endpoint.starts_with("https://"),
            "S3_ENDPOINT must start with https:// in production"
        );
        Ok(())
    }
}
