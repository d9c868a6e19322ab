import { passwordResetKind, sendPasswordReset } from "../../api/auth/service.ts";
import { defineJob } from "../handler.ts";

/** Mails a token to whoever asked, if an account has the address; repeating it mails another. */
export const passwordResetMail = defineJob(passwordResetKind, async (ctx, { email }) => {
  await sendPasswordReset(ctx, email);
  return { kind: "done" };
});
