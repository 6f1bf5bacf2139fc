//! Subscribe messages as they are sent.

use serde_json::{Map, Value, json};

use super::message_values::fitted;

/// One message in the words of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscribeMessage {
    pub template_id: String,
    /// What a tap opens; absent, the message cannot be tapped.
    pub page: Option<String>,
    /// All keys of the template, as `thing1`, with their values.
    pub data: Vec<(String, String)>,
}

impl SubscribeMessage {
    /// The body of the call, its values in the form WeChat takes: without line breaks, a `thing`
    /// cut to twenty characters.
    ///
    /// # Errors
    /// Names the key whose value no cutting can mend.
    pub(super) fn body(&self, openid: &str) -> Result<Value, String> {
        let mut data = Map::new();
        for (key, value) in &self.data {
            let value =
                fitted(key, value).ok_or_else(|| format!("the value of {key} does not fit"))?;
            data.insert(key.clone(), json!({ "value": value }));
        }
        let mut body = json!({
            "touser": openid,
            "template_id": self.template_id,
            "data": data,
            "miniprogram_state": "formal",
            "lang": "zh_CN",
        });
        if let Some(page) = &self.page {
            body["page"] = page.as_str().into();
        }
        Ok(body)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_does_not_fit_is_named_and_not_quoted() {
        let message = SubscribeMessage {
            template_id: "T".into(),
            page: None,
            data: vec![("date2".into(), "王秀英的生日".into())],
        };
        assert_eq!(message.body("o").unwrap_err(), "the value of date2 does not fit");
    }
}
