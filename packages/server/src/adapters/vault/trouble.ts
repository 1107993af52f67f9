/** What can be wrong with the keys that everything else hangs on, in sentences for the operator. */

/** What is wrong with the master key. */
export type MasterKeyTrouble =
  | 'missing'
  | 'empty'
  | 'malformed'
  | 'wrong'
  | 'unreadable'
  | 'open-to-others'
  | 'inside-data'
  | 'fingerprint-lost'
  | 'school-key-lost';

/** Nothing may start: the message says what is wrong and what to do. Nothing was written. */
export class MasterKeyError extends Error {
  override readonly name = 'MasterKeyError';
  readonly trouble: MasterKeyTrouble;

  constructor(trouble: MasterKeyTrouble, message: string) {
    super(message);
    this.trouble = trouble;
  }

  static wrong(path: string, expected: string): MasterKeyError {
    return new MasterKeyError(
      'wrong',
      `The master key in ${path} is not the one that this installation was made with (expected fingerprint ${expected}). ` +
        'Put the right key file in its place, or point RECREIO_MASTER_KEY_FILE to it.',
    );
  }

  static schoolKeyLost(): MasterKeyError {
    return new MasterKeyError(
      'school-key-lost',
      'The school key is missing from the key store (keys.key) or damaged. Restore the newest backup of the key store.',
    );
  }
}
