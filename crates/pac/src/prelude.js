// The functions that a proxy script may call, beside `myIpAddress` and `addressOfName`, which the program gives it.
// After Netscape's description of 1996; where browsers differ from it, as browsers do it.
"use strict";

var WEEKDAYS = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"];
var MONTHS = ["JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"];

function isPlainHostName(host) {
  return !/[.:]/.test(host);
}

function dnsDomainIs(host, domain) {
  return String(host).toLowerCase().endsWith(String(domain).toLowerCase());
}

function localHostOrDomainIs(host, full) {
  return host === full || String(full).startsWith(host + ".");
}

function dnsDomainLevels(host) {
  return String(host).split(".").length - 1;
}

function dnsResolve(host) {
  return addressOfName(String(host)) ?? null;
}

function isResolvable(host) {
  return dnsResolve(host) !== null;
}

function isInNet(host, pattern, mask) {
  var address = addressOf(host);
  if (address === null) address = addressOf(dnsResolve(host));
  var [net, bits] = [addressOf(pattern), addressOf(mask)];
  if (address === null || net === null || bits === null) return false;
  return (address & bits) === (net & bits);
}

function addressOf(text) {
  var found = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (found === null) return null;
  var bytes = found.slice(1).map(Number);
  if (bytes.some((byte) => byte > 255)) return null;
  return bytes.reduce((sum, byte) => (sum << 8) | byte, 0);
}

// `*` is anything and `?` any one character. One star is remembered, which is enough, so that the time grows with the
// product of both lengths at most.
function shExpMatch(text, pattern) {
  var [t, p, star, mark] = [0, 0, -1, 0];
  text = String(text);
  pattern = String(pattern);
  while (t < text.length) {
    if (pattern[p] === "*") {
      star = p++;
      mark = t;
    } else if (p < pattern.length && (pattern[p] === "?" || pattern[p] === text[t])) {
      p++;
      t++;
    } else if (star >= 0) {
      p = star + 1;
      t = ++mark;
    } else {
      return false;
    }
  }
  while (pattern[p] === "*") p++;
  return p === pattern.length;
}

function weekdayRange() {
  var [given, now] = clockOf(arguments);
  var days = given.map((day) => WEEKDAYS.indexOf(String(day).toUpperCase()));
  if (days.length < 1 || days.length > 2 || days.includes(-1)) return false;
  return isWithin(now.weekday, days[0], days[days.length - 1]);
}

function timeRange() {
  var [given, now] = clockOf(arguments);
  var half = given.length / 2;
  if (given.length === 1) return now.hour === given[0];
  if (given.length === 2) return isWithin(now.hour, given[0], given[1]);
  if (given.length !== 4 && given.length !== 6) return false;
  var ends = [given.slice(0, half), given.slice(half)];
  // Without seconds the last minute counts as a whole.
  var [from, to] = ends.map(([hour, minute, second], end) => seconds(hour, minute, second ?? end * 59));
  return isWithin(seconds(now.hour, now.minute, now.second), from, to);
}

function seconds(hour, minute, second) {
  return (hour * 60 + minute) * 60 + second;
}

// Days, months and years, alone or together; what is not given does not count.
function dateRange() {
  var [given, now] = clockOf(arguments);
  if (given.length === 0) return false;
  var half = given.length === 1 ? 1 : given.length / 2;
  var ends = given.length === 1 ? [given, given] : [given.slice(0, half), given.slice(half)];
  var [from, to] = ends.map(dateOf);
  if (from === null || to === null) return false;
  var today = { year: now.year, month: now.month, day: now.day };
  var counted = Object.keys(today).filter((part) => part in from);
  if (counted.some((part) => !(part in to))) return false;
  var number = (date) => counted.reduce((sum, part) => sum * 100 + date[part], 0);
  return isWithin(number(today), number(from), number(to));
}

function dateOf(parts) {
  var date = {};
  for (var part of parts) {
    var month = MONTHS.indexOf(String(part).toUpperCase());
    if (month >= 0) date.month = month;
    else if (part >= 1 && part <= 31) date.day = Number(part);
    else if (part > 31 && part < 10000) date.year = Number(part);
    else return null;
  }
  return date;
}

// Where the end comes before the beginning, it goes on over midnight, the weekend or the new year.
function isWithin(value, from, to) {
  return from <= to ? from <= value && value <= to : from <= value || value <= to;
}

// What was given without a `GMT` at its end, and now by the clock that is meant.
function clockOf(given) {
  var parts = Array.from(given);
  var gmt = parts[parts.length - 1] === "GMT";
  if (gmt) parts.pop();
  var now = new Date();
  var read = (part) => (gmt ? now["getUTC" + part]() : now["get" + part]());
  return [
    parts,
    {
      weekday: read("Day"),
      year: read("FullYear"),
      month: read("Month"),
      day: read("Date"),
      hour: read("Hours"),
      minute: read("Minutes"),
      second: read("Seconds"),
    },
  ];
}

// Nobody is there to read it.
function alert() {}
