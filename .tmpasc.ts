import asc from "assemblyscript/asc";
const d="/tmp/kern/exp/"; const src=new Map<string,string>(); for await(const f of Deno.readDir(d)) if(f.name.endsWith(".ts")) src.set(f.name,await Deno.readTextFile(d+f.name));
let bin:any; const {error,stderr}=await asc.main(["e.ts","-O3","--noAssert","--runtime","stub","--enable","simd",...Deno.args,"--use","abort=","--outFile","e.wasm","--textFile","e.wat"],{readFile:(p:string)=>src.get(p)??null,writeFile:(p:string,c:any)=>{Deno.writeFileSync(d+p,typeof c==="string"?new TextEncoder().encode(c):c)},listFiles:()=>[]});
if(error)console.log(String(error),String(stderr));
