/** What each failure is called, and what helps. The sentence of whoever refused stands between the two. */
export const failure = {
  not_signed_in: { title: "You are not signed in", advice: "Sign in again; nothing is lost." },
  wrong_credentials: {
    title: "That did not match",
    advice: "Check the User ID and the password, also for capital letters, and try again.",
  },
  second_step_needed: {
    title: "One more step",
    advice: "Enter the six-digit code that your authenticator shows now, or a recovery code.",
  },
  not_entitled: { title: "Not granted to you", advice: "Ask one of your administrators for access." },
  not_permitted: {
    title: "Your role does not include this",
    advice: "Ask one of your administrators to do it, or to change your role.",
  },
  no_seat: { title: "You have no seat", advice: "Ask one of your administrators to assign a seat to you." },
  contract_ended: { title: "The contract has ended", advice: "Ask your contract manager to renew it." },
  verification_needed: {
    title: "Prove who you are",
    advice: "Open the licence and enter your password; then it goes on.",
  },
  unknown_product: { title: "No such product", advice: "Go back to Products & Services and choose again." },
  not_found: { title: "Not found", advice: "It may have been removed. Go back and look again." },
  offline: {
    title: "No connection to the server",
    advice: "Check the network. What is installed goes on working.",
  },
  server_unusable: { title: "The server cannot be used", advice: "Wait a few minutes and try again." },
  not_our_server: {
    title: "That is not a Toolcrib server",
    advice: "Check the server address with your administrator.",
  },
  untrusted_catalogue: {
    title: "The catalogue is not to be trusted",
    advice: "Nothing was changed. Tell your administrator: somebody may have tampered with it.",
  },
  requirements_failed: {
    title: "This computer is not ready",
    advice: "See which requirement is not met, and what to do about it.",
  },
  texts_not_accepted: { title: "Terms not accepted", advice: "Read the terms and accept them to go on." },
  metered: {
    title: "This network is metered",
    advice: "Wait for another network, or agree to what it costs.",
  },
  policy: {
    title: "Your organisation has set this",
    advice: "Ask whoever looks after this computer.",
  },
  disk_full: {
    title: "Not enough room on the disk",
    advice: "Make room and try again: what was fetched is kept.",
  },
  folder_unusable: {
    title: "The folder cannot be used",
    advice: "Make sure that you may write there, then try again.",
  },
  holds_copy: {
    title: "It is in this folder already",
    advice: "Take it over, so that only what differs is fetched, or choose an empty folder.",
  },
  damaged_package: {
    title: "The package is damaged",
    advice: "Nothing of it was installed. Try again; if it happens again, tell your administrator.",
  },
  busy: { title: "Something else is in progress", advice: "Wait until the other job has ended." },
  app_open: { title: "It is still open", advice: "Save your work and close it, then try again." },
  unknown_job: { title: "No such job", advice: "It has ended or was removed from the list." },
  not_installed: { title: "Not installed on this computer", advice: "Install it first." },
  already_installed: { title: "Already installed", advice: "You can launch it right away." },
  device_limit: {
    title: "You use it on as many computers as you may",
    advice: "Release it from one that you no longer use; you can go on here at once.",
  },
  device_released: {
    title: "It was released from this computer",
    advice: "Open the licence and sign in again to use it here.",
  },
  serial_needed: {
    title: "The serial number is missing",
    advice: "Open the licence and enter it. Nothing has to be installed again.",
  },
  licence_refused: {
    title: "The licence does not allow it now",
    advice: "Open the licence to see why, and what to do.",
  },
  launch_failed: {
    title: "It did not start",
    advice: "Try again. If that does not help, uninstall it and install it again.",
  },
  invalid: { title: "Something in this is not right", advice: "Check what you entered and try again." },
  conflict: { title: "Somebody was faster", advice: "Load the page again and repeat what you did." },
  too_many: { title: "Too many tries", advice: "Wait a few minutes before you try again." },
  foreign_page: { title: "The request was refused", advice: "Load this page again." },
  internal: {
    title: "Something went wrong on our side",
    advice: "Try again. If it stays, tell your administrator what you did.",
  },
  unknown: {
    title: "Something unexpected happened",
    advice: "Try again, or install the newest version of Toolcrib.",
  },
} as const;
