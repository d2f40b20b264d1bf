/** Folders of tags, as a TIFF block keeps them. What is missing, of another kind or points outside the block is simply not there. */

/** A fraction as it is stored: above and below the line. */
export type Ratio = readonly [number, number];

const TEXT = 2;
const SHORT = 3;
const LONG = 4;
const RATIO = 5;

/** One folder; `block` is the whole TIFF block, from whose start everything is counted. */
export class Folder {
  constructor(
    private readonly block: DataView,
    private readonly at: number,
    private readonly isLittle: boolean,
  ) {}

  /** The first folder of a block. */
  static first(block: DataView): Folder | undefined {
    return within(() => {
      const isLittle = block.getUint16(0) === 0x4949;
      return new Folder(block, block.getUint32(4, isLittle), isLittle);
    });
  }

  /** A number of two bytes. */
  short(tag: number): number | undefined {
    return within(() => {
      const entry = this.entry(tag, SHORT);
      return entry === undefined ? undefined : this.block.getUint16(entry + 8, this.isLittle);
    });
  }

  /** The folder that a tag points to. */
  below(tag: number): Folder | undefined {
    return within(() => {
      const entry = this.entry(tag, LONG);
      return entry === undefined ? undefined : new Folder(this.block, this.block.getUint32(entry + 8, this.isLittle), this.isLittle);
    });
  }

  /** Letters up to the first zero, at most `most`. */
  text(tag: number, most: number): string | undefined {
    return within(() => {
      const entry = this.entry(tag, TEXT);
      if (entry === undefined) return undefined;
      const count = this.block.getUint32(entry + 4, this.isLittle);
      // Up to four bytes lie in the entry itself.
      const at = count > 4 ? this.block.getUint32(entry + 8, this.isLittle) : entry + 8;
      let text = '';
      for (let index = 0; index < Math.min(count, most); index += 1) {
        const letter = this.block.getUint8(at + index);
        if (!letter) break;
        text += String.fromCharCode(letter);
      }
      return text;
    });
  }

  /** Exactly `count` fractions. */
  ratios(tag: number, count: number): Ratio[] | undefined {
    return within(() => {
      const entry = this.entry(tag, RATIO);
      if (entry === undefined || this.block.getUint32(entry + 4, this.isLittle) !== count) return undefined;
      const at = this.block.getUint32(entry + 8, this.isLittle);
      return Array.from({ length: count }, (_, index): Ratio => [this.block.getUint32(at + index * 8, this.isLittle), this.block.getUint32(at + index * 8 + 4, this.isLittle)]);
    });
  }

  private entry(tag: number, kind: number): number | undefined {
    const count = this.block.getUint16(this.at, this.isLittle);
    for (let index = 0; index < count; index += 1) {
      const at = this.at + 2 + index * 12;
      if (this.block.getUint16(at, this.isLittle) === tag) return this.block.getUint16(at + 2, this.isLittle) === kind ? at : undefined;
    }
    return undefined;
  }
}

function within<Found>(read: () => Found | undefined): Found | undefined {
  try {
    return read();
  } catch (problem) {
    if (problem instanceof RangeError) return undefined;
    throw problem;
  }
}
