/** Pages that anybody may open without login: `/report` and what lies below it. */
export const isPublicAddress = (pathname: string): boolean => /^\/report(\/|$)/.test(pathname)
