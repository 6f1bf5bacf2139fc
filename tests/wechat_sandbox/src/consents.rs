//! What people agreed to be told: credits per person and template.

use std::collections::HashMap;

use crate::config::{SandboxConfig, Template};

#[derive(Clone, Copy, Default)]
struct Consent {
    /// Messages of a one-time template that may still be sent.
    credits: u32,
    /// Consent to a long-term template, good until withdrawn.
    standing: bool,
}

/// Consents by mini-program openid and template id.
#[derive(Default)]
pub struct Consents {
    by_person_and_template: HashMap<(String, String), Consent>,
}

impl Consents {
    /// The consents people start with.
    pub fn of(config: &SandboxConfig) -> Self {
        let mut consents = Self::default();
        for person in &config.people {
            for template in &config.templates {
                let consent = consents.entry(&person.mini_openid, template);
                consent.standing = template.long_term && person.credits > 0;
                consent.credits = if template.long_term { 0 } else { person.credits };
            }
        }
        consents
    }

    fn entry(&mut self, openid: &str, template: &Template) -> &mut Consent {
        self.by_person_and_template.entry((openid.to_owned(), template.id.clone())).or_default()
    }

    /// The person's answer to the popup. Accepting a one-time template adds one credit; refusing
    /// takes none away, but ends a long-term consent. Returns the credits left.
    pub fn answer(&mut self, openid: &str, template: &Template, accept: bool) -> u32 {
        let consent = self.entry(openid, template);
        if template.long_term {
            consent.standing = accept;
        } else if accept {
            consent.credits += 1;
        }
        consent.credits
    }

    /// The person refuses a template in the settings, for what they allowed before too.
    pub fn withdraw(&mut self, openid: &str, template: &Template) {
        *self.entry(openid, template) = Consent::default();
    }

    /// Takes one credit, or says that there is none.
    pub fn spend(&mut self, openid: &str, template: &Template) -> bool {
        let consent = self.entry(openid, template);
        if template.long_term {
            return consent.standing;
        }
        let spent = consent.credits.checked_sub(1);
        consent.credits = spent.unwrap_or_default();
        spent.is_some()
    }

    /// Credits left; a long-term consent counts as one.
    pub fn left(&self, openid: &str, template: &Template) -> u32 {
        self.by_person_and_template
            .get(&(openid.to_owned(), template.id.clone()))
            .map_or(0, |consent| consent.credits + u32::from(consent.standing))
    }
}
