//! The calls around a hand-over: whose it is, and taking it up.

use crate::account::{Account, NONE};
use crate::error::Error;
use crate::operation::Operation;
use crate::tokens::Tokens;
use toolcrib_wire::api::hand_over::{HandOverPreview, PresentedHandOver, RedeemHandOver, RedeemedHandOver};
use toolcrib_wire::api::session::DeviceIntroduction;
use toolcrib_wire::invitation::HandOverToken;

impl Account {
    /// Whom a hand-over would sign in, and for which product. It stays as it is.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it was used or has ended, and all that any call may meet.
    pub async fn preview_hand_over(&self, token: HandOverToken) -> Result<HandOverPreview, Error> {
        let presented = PresentedHandOver { token };
        self.ask(Operation::PreviewHandOver, &NONE, Some(&presented))
            .await
    }

    /// Signs the person of a hand-over in on this device, in place of whoever was. The tokens are kept already.
    ///
    /// # Errors
    /// [`Error::NotFound`] where it was used or has ended, and all that any call may meet.
    pub async fn redeem_hand_over(
        &self,
        token: HandOverToken,
        device: DeviceIntroduction,
    ) -> Result<Tokens, Error> {
        let asked = RedeemHandOver { token, device };
        let redeemed: RedeemedHandOver = self.ask(Operation::RedeemHandOver, &NONE, Some(&asked)).await?;
        let tokens = Tokens::from(redeemed.session);
        self.keep(tokens.clone()).await?;
        Ok(tokens)
    }
}
