import { useEffect } from 'react'
import { ChampChoix, GroupeChamps, useChamp } from '#ui'
import { MODES_REGLEMENT } from '../contract.ts'
import type { Cadre } from './commun.tsx'

type Compte = { id: string; titulaire: string; iban: string; etat: string }
export const comptesAcceptes = <T extends Compte>(comptes: readonly T[] | undefined): T[] =>
  (comptes ?? []).filter((c) => c.etat === 'accepte')

/** How it is paid, on which account, and with which papers. */
export function ChampsReglement({ comptes, cadre }: { comptes: readonly Compte[]; cadre: Cadre }) {
  const { valeur, changer } = useChamp<string>({ nom: 'compteBancaireId', libelle: '' }, '')
  // whoever is paid may change: an account pays nobody but its own tiers
  const aReprendre = comptes.length > 0 && valeur !== '' && !comptes.some((c) => c.id === valeur)
  const seul = comptes.length === 1 ? comptes[0]!.id : ''
  useEffect(() => {
    if (aReprendre) changer(seul)
  })
  return (
    <>
      <GroupeChamps colonnes={2}>
        <ChampChoix
          nom="modeReglement"
          libelle="Règlement"
          choix={Object.entries(MODES_REGLEMENT).map(([valeur, libelle]) => ({ valeur, libelle }))}
          effacable={false}
        />
        <ChampChoix
          nom="compteBancaireId"
          libelle="Compte du bénéficiaire"
          aide={comptes.length === 0 ? 'Aucun compte accepté : ajoutez un RIB dans la fiche du tiers' : undefined}
          choix={comptes.map((c) => ({ valeur: c.id, libelle: `${c.titulaire} •••• ${c.iban.slice(-4)}` }))}
        />
      </GroupeChamps>
      <ChampChoix
        nom="rubriquePj"
        libelle="Pièces justificatives attendues"
        choix={cadre.vue.rubriques.map((x) => ({ valeur: x.code, libelle: x.libelle }))}
      />
    </>
  )
}
