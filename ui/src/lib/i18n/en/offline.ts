/** Answering computers without a network. */
export const offline = {
  title: "Offline activation",
  lead: "For a computer that has no network: answer its request here, and carry the answer back.",
  how: "How it goes",
  stepOne: "On that computer, choose the product's licence, then “Request as a file or QR code”.",
  stepTwo:
    "Bring the request here: choose its file, or paste the text that your telephone reads from the code.",
  stepThree: "Carry the answer back as a file or QR code, and import it there.",
  request: "Request",
  requestLead:
    "It says which product on which computer, and is signed by that computer. It holds no password.",
  choose: "Choose a file …",
  paste: "Or paste the request",
  pasteHint: "It begins with toolcrib-request.",
  missing: "Choose the request's file, or paste its text.",
  answer: "Answer the request",
  answerTitle: "Answer",
  done: {
    activate: "The computer has a licence. Import this answer there.",
    renew: "The licence is renewed. Import this answer there.",
    release: "The computer's place is free. Nothing more has to be done there.",
  },
  computer: "Computer",
  product: "Product",
  worksUntil: "Works until",
  save: "Save as a file",
  copy: "Copy the answer",
  another: "Answer another request",
  qrLabel: "The answer as a QR code",
  tooLong: "This answer is too long for a QR code. Save it as a file.",
} as const;
