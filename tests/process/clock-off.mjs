// Loaded before a server of a test: the clock of its machine is an hour ahead, or as much as CLOCK_OFF_MS says.
const offMs = Number(process.env['CLOCK_OFF_MS']);
const RealDate = Date;
globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + offMs);
    else super(...given);
  }
  static now() {
    return RealDate.now() + offMs;
  }
};
