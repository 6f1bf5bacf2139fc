//! Who a call of the API is made by.

use std::net::IpAddr;

use super::Actor;
use crate::{
    accounts::Caller,
    http::{Authorize, Ctx},
};

impl Caller {
    /// This caller, calling from an address.
    pub const fn acting(&self, address: IpAddr) -> Actor {
        Actor {
            person: Some(self.person),
            sign_in: Some(self.sign_in),
            organization: Some(self.organization),
            address: Some(address),
        }
    }
}

/// What an endpoint knows of its caller, as an actor.
pub trait Acting {
    fn acting_from(&self, address: IpAddr) -> Actor;
}

impl Acting for Caller {
    fn acting_from(&self, address: IpAddr) -> Actor {
        self.acting(address)
    }
}

/// Somebody of whom only the address is known.
impl Acting for () {
    fn acting_from(&self, address: IpAddr) -> Actor {
        Actor::at(address)
    }
}

impl<A: Authorize> Ctx<A>
where
    A::Caller: Acting,
{
    /// Whoever makes this call, for the audit log.
    pub fn actor(&self) -> Actor {
        self.caller.acting_from(self.address)
    }
}
