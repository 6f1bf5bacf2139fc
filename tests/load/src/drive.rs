//! The closed loop: so many lines, each of which asks again as soon as it was answered.

use std::{
    cell::RefCell,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use futures_util::future::try_join_all;
use reqwest::{Client, RequestBuilder};
use serde::de::DeserializeOwned;

/// Requests under way at any time, each on a connection that is kept.
pub const LINES: usize = 32;

/// One of the lines, with what it noted.
pub struct Line {
    http: Client,
    latencies: Vec<Duration>,
    bytes: usize,
}

impl Line {
    /// Sends a request, and notes how long it takes until the answer is read.
    ///
    /// # Errors
    /// With the answer, where it is not what it should be: a bench of refusals means nothing.
    pub async fn send<T: DeserializeOwned>(&mut self, request: RequestBuilder) -> Result<T> {
        let request = request.build()?;
        let asked = format!("{} {}", request.method(), request.url().path());
        let started = Instant::now();
        let answer = self.http.execute(request).await.with_context(|| asked.clone())?;
        let status = answer.status();
        let body = answer.bytes().await.with_context(|| asked.clone())?;
        self.latencies.push(started.elapsed());
        self.bytes += body.len();
        if status != 200 {
            bail!("{asked}: {status} {}", String::from_utf8_lossy(&body));
        }
        serde_json::from_slice(&body).with_context(|| asked)
    }
}

/// What a run of requests took.
#[derive(Default)]
pub struct Figures {
    pub latencies: Vec<Duration>,
    /// Of the bodies that were answered.
    pub bytes: usize,
    /// On the wall.
    pub elapsed: Duration,
    /// CPU time of the whole server side.
    pub cpu: Duration,
}

/// Works off all operations; answers what they gave, in no order.
pub async fn drive<O, T>(http: &Client, operations: Vec<O>) -> Result<(Figures, Vec<T>)>
where
    O: AsyncFnOnce(&mut Line) -> Result<T>,
{
    let queue = RefCell::new(operations.into_iter());
    let given = RefCell::new(Vec::new());
    let started = Instant::now();
    let line = async || {
        let mut line = Line { http: http.clone(), latencies: Vec::new(), bytes: 0 };
        loop {
            let next = queue.borrow_mut().next();
            let Some(operation) = next else { return anyhow::Ok(line) };
            let result = operation(&mut line).await?;
            given.borrow_mut().push(result);
        }
    };
    let lines = try_join_all((0..LINES).map(|_| line())).await?;
    let mut figures = Figures { elapsed: started.elapsed(), ..Figures::default() };
    for line in lines {
        figures.bytes += line.bytes;
        figures.latencies.extend(line.latencies);
    }
    Ok((figures, given.into_inner()))
}

impl Figures {
    pub fn add(&mut self, other: Self) {
        self.latencies.extend(other.latencies);
        self.bytes += other.bytes;
        self.elapsed += other.elapsed;
        self.cpu += other.cpu;
    }

    fn requests(&self) -> f64 {
        number(self.latencies.len())
    }

    /// Bytes of an answer's body.
    pub fn bytes_each(&self) -> f64 {
        number(self.bytes) / self.requests()
    }

    /// Milliseconds of CPU per request.
    pub fn cpu_each(&self) -> f64 {
        milliseconds(self.cpu) / self.requests()
    }

    pub fn per_second(&self) -> f64 {
        self.requests() / self.elapsed.as_secs_f64()
    }

    /// The latency, in milliseconds, that this many of a hundred requests did not exceed.
    pub fn percentile(&self, hundredths: usize) -> f64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * hundredths).div_ceil(100).max(1);
        sorted.get(rank - 1).copied().map_or(f64::NAN, milliseconds)
    }
}

/// A count as something to divide by.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_percentile_is_a_latency_that_was_measured() {
        let latencies = (1..=200).rev().map(Duration::from_millis).collect();
        let figures = Figures { latencies, ..Figures::default() };
        let expected = [(50, 100.0), (99, 198.0), (100, 200.0)];
        for (hundredths, latency) in expected {
            let found = figures.percentile(hundredths);
            assert!((found - latency).abs() < 1e-9, "p{hundredths} is {found}");
        }
    }
}
