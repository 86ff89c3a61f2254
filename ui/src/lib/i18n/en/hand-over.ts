/** From the portal to the program, in the browser. */
export const handOver = {
  installNow: "Install now",
  hint: "Opens the Toolcrib program on this computer.",
  save: "Save for later",
  title: "Install {{name}}",
  opening: "Toolcrib should open now … Your browser may ask first whether it may.",
  opened: "Toolcrib was called. If it has come, go on there, and close this.",
  nothing: "Nothing happened?",
  again: "Open again",
  againText: "With a new code. The one before goes on working until it is used or has ended.",
  copy: "Copy the code",
  copyText:
    "Paste it in Toolcrib, below the sign-in: “I have a code from the portal”. It signs you in once, until {{time}}, so give it to nobody.",
  saveLater: "Save for later",
  saveText:
    "A small file for your downloads. Toolcrib installs from it whenever you open it; you sign in then.",
  missing: "Toolcrib is not on this computer yet?",
  missingText:
    "Whoever manages your computers, or your contract, has its installer. Then open again, or open the saved file.",
} as const;

/** What a link of the portal asks, in the window. */
export const invitation = {
  title: {
    meet_server: "Do you know this server?",
    sign_in: "Sign in by this link?",
    replace: "Sign somebody else in?",
  },
  failed: "This link cannot be used",
  asks: "A link asks to install {{what}}.",
  person: "Signs in",
  server: "Server",
  yours: "Your server",
  first: "Toolcrib has used no server yet",
  other: "This is not the server that you use",
  meetText: "Go on only if this is the address at which you just were, or that your administrator gave you.",
  replaces: "{{here}} is signed in on this computer",
  replaceText:
    "Going on signs them out here and {{name}} in. What is installed stays; its licence is asked for anew.",
  replaceByPassword: "Going on signs them out here. Then somebody can sign in at the server above.",
  signInText: "You see what would be installed before anything is.",
  no: "Not now",
  keep: "Leave it as it is",
  meet: "Go on with this server",
  signIn: "Sign in as {{name}}",
  signOut: "Sign out and go on",
  awaited: "Sign in to install {{what}}",
  awaitedText: "What the file or the link asks for comes right after.",
  ended:
    "The code of the link was used, or has ended. Sign in with your password, or press Install now in the portal again.",
  haveCode: "I have a code from the portal",
  code: "Code from the portal",
  codeHint: "It begins with toolcrib://",
  useCode: "Use this code",
} as const;
