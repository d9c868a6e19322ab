/** What a kernel refuses: the message names the argument, its value and what is allowed. */
export class KernelError extends Error {
  override readonly name = "KernelError";
  readonly kernel: string;
  /** The input or parameter at fault, or null when it is the call as a whole. */
  readonly argument: string | null;

  constructor(kernel: string, argument: string | null, reason: string) {
    super(`Cannot compute ${kernel}: ${reason}`);
    this.kernel = kernel;
    this.argument = argument;
  }
}
