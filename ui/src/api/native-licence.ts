import type {
  BundleView,
  DoctorView,
  GateView,
  LicenceView,
  RequestView,
  SerialView,
  TimelineView,
} from "./native.gen";

/** What the desktop window can do about licences, and about what stands in their way. */
export interface LicenceAbilities {
  /** What is to be done before a product starts; the licence is renewed where that is due. */
  gate(product: string): Promise<GateView>;
  acceptPrivacy(version: string): Promise<void>;
  /** The person says to be whom the licence is for. */
  confirmIdentity(product: string): Promise<void>;
  /** Releases a product from another of the person's computers; this one takes its place. */
  freeDevice(product: string, device: string): Promise<LicenceView>;
  /** This computer's name, as the account service knows it. */
  computer(): Promise<string>;
  serial(product: string): Promise<SerialView>;
  setSerial(product: string, serial: string): Promise<SerialView>;
  undoSerial(product: string): Promise<SerialView>;
  /** What happened to a licence on this computer, the newest first. */
  licenceTimeline(product: string): Promise<TimelineView[]>;
  /** Takes a product offline until then; null brings it back early. */
  takeOffline(product: string, until: string | null): Promise<LicenceView>;
  /** Makes a request to be carried to the service; the program chooses where its file lies. */
  requestOffline(product: string, act: RequestView["act"]): Promise<RequestView>;
  /** Takes in the answer that was carried here. */
  importAnswer(text: string): Promise<LicenceView>;
  /** Looks at this computer, the network, the service and the person's rights. */
  doctor(): Promise<DoctorView>;
  /** Writes one file for whoever helps, into a folder that the program chooses. */
  supportBundle(): Promise<BundleView>;
}
