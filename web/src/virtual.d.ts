declare module 'virtual:documents' {
  const texts: Record<string, string>
  export default texts
}
