/** Content-Disposition of a download under a Chinese name (RFC 6266, 5). */
export const attachment = (name: string): string => `attachment; filename*=UTF-8''${encodeURIComponent(name)}`
