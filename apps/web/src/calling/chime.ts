/** The sound of being called: two soft notes, made here; no file and nobody else's. */

let context: AudioContext | undefined;

/** A fifth, upwards: C5 and G5, in Hz. */
const NOTES = [523.25, 783.99];
const APART_S = 0.12;
const LASTS_S = 0.5;
/** Of full loudness. */
const LOUD = 0.12;

/** Plays it. Until somebody has pressed something on the page browsers keep it silent. */
export function chime(): void {
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  for (const [nth, frequency] of NOTES.entries()) {
    const begins = currentTime + nth * APART_S;
    const tone = context.createOscillator();
    const loudness = context.createGain();
    tone.type = 'sine';
    tone.frequency.value = frequency;
    loudness.gain.setValueAtTime(0, begins);
    loudness.gain.linearRampToValueAtTime(LOUD, begins + 0.02);
    loudness.gain.exponentialRampToValueAtTime(0.001, begins + LASTS_S);
    tone.connect(loudness).connect(destination);
    tone.start(begins);
    tone.stop(begins + LASTS_S);
  }
  // Refused until a press: then this one is not heard, and nothing is wrong
  if (context.state === 'suspended') context.resume().catch(() => undefined);
}
