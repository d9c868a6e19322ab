/** Running sums over two series measured against a shift of each, for correlation and regression. */

export class PairSums {
  shiftX: f64;
  shiftY: f64;
  x: f64;
  y: f64;
  xx: f64;
  yy: f64;
  xy: f64;

  add(x: f64, y: f64): void {
    const dx = x - this.shiftX;
    const dy = y - this.shiftY;
    this.x += dx;
    this.xx += dx * dx;
    this.xy += dx * dy;
    this.y += dy;
    this.yy += dy * dy;
  }

  remove(x: f64, y: f64): void {
    const dx = x - this.shiftX;
    const dy = y - this.shiftY;
    this.x -= dx;
    this.xx -= dx * dx;
    this.xy -= dx * dy;
    this.y -= dy;
    this.yy -= dy * dy;
  }

  /** Empties the sums and measures from now on against these shifts. */
  restart(shiftX: f64, shiftY: f64): void {
    this.shiftX = shiftX;
    this.shiftY = shiftY;
    this.x = 0.0;
    this.y = 0.0;
    this.xx = 0.0;
    this.yy = 0.0;
    this.xy = 0.0;
  }
}

export function pairSumsAt(place: usize): PairSums {
  return changetype<PairSums>(place);
}
