import "./lib/theme/scheme";
import { decideHost } from "@/api/decide";
import { start } from "./start";

const place = document.getElementById("root");
if (place) start(decideHost(), place);
