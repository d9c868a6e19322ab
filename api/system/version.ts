/** The program's version, as `/health`, the document and backups tell it. */
export const VERSION = "0.1.0";
